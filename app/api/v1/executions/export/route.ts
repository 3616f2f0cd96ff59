import { handleExport } from '#server/rest/export-route.ts';

export const GET = (request: Request): Promise<Response> => handleExport(request);
