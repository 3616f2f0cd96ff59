import { handleOutput } from '#server/rest/outputs-route.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; name: string }> },
): Promise<Response> {
  const { id, name } = await params;
  return handleOutput(request, id, name);
}
