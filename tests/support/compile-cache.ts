import { flushCompileCache } from 'node:module';

/**
 * Loaded into worker processes: what is compiled once need not be compiled again by the dozens that follow. Node would
 * write it when the process ends, which a killed one never does.
 */
setTimeout(flushCompileCache, 1_000).unref();
