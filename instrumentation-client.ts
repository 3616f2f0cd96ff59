import { config } from 'zod';

/** Runs in the browser before everything else: zod would try to compile its schemas, which our pages do not allow. */
config({ jitless: true });
