import { getSession } from '#server/auth/session.ts';
import { handleDownloadLink } from '#server/rest/downloads.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ workspaceId: string; executionId: string; name: string }> },
): Promise<Response> {
  return handleDownloadLink(request, 'output', await params, getSession);
}
