import { getSession } from '#server/auth/session.ts';
import { handleExportLink } from '#server/rest/export-route.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ workspaceId: string }> },
): Promise<Response> {
  return handleExportLink(request, (await params).workspaceId, getSession);
}
