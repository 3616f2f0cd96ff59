import { handleDownload } from '#server/rest/downloads.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; name: string }> },
): Promise<Response> {
  const { id, name } = await params;
  return handleDownload(request, { kind: 'output', executionId: id, name });
}
