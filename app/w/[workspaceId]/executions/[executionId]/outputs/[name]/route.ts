import { getSession } from '#server/auth/session.ts';
import { handleOutputLink } from '#server/rest/outputs-route.ts';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ workspaceId: string; executionId: string; name: string }> },
): Promise<Response> {
  return handleOutputLink(await params, getSession);
}
