import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** `npm run generate:client`: the types of the REST API that the command line calls a server with. */
process.env.DATABASE_URL ??= 'postgres://localhost/none'; // nothing is read; the settings must be complete
process.env.LINKFLOW_MASTER_KEY ??= '0'.repeat(64);
const { clientTypes } = await import('./client-types.ts');
const file = path.resolve(import.meta.dirname, '../cli/client/api.d.ts');
const text = clientTypes();
writeFileSync(file, text);
console.log(`${text.split('\n').length} lines in cli/client/api.d.ts`);
process.exit(0); // a router that is loaded may hold timers
