import { handleImport } from '#server/rest/import-route.ts';

export { handleImport as POST };
