import { handleAccountExport } from '#server/accounts/export-route.ts';
import { getSession } from '#server/auth/session.ts';

export const GET = async (): Promise<Response> => handleAccountExport(await getSession());
