import { connection } from 'next/server';
import { openApiDocument } from '#server/rest/openapi.ts';

export async function GET(): Promise<Response> {
  await connection(); // made when asked for: its server URL comes from the environment
  return Response.json(openApiDocument());
}
