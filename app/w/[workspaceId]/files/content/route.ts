import { getSession } from '#server/auth/session.ts';
import { handleWorkspaceFileLink } from '#server/rest/workspace-file.ts';

type Params = { params: Promise<{ workspaceId: string }> };

async function handle(request: Request, { params }: Params): Promise<Response> {
  return handleWorkspaceFileLink(request, (await params).workspaceId, getSession);
}
export const GET = handle;
export const PUT = handle;
