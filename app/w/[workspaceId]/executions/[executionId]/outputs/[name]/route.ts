import { handleOutputLink } from '#server/rest/outputs-route.ts';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ workspaceId: string; executionId: string; name: string }> },
): Promise<Response> {
  const { workspaceId, executionId, name } = await params;
  return handleOutputLink(workspaceId, executionId, name);
}
