import { handleEvents } from '#server/rest/events-route.ts';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return handleEvents(request, (await params).id);
}
