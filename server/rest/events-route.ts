import { isId } from '#lib/id.ts';
import { notFound } from '../errors.ts';
import { getExecutionSummary } from '../executions/queries.ts';
import { streamEvents } from '../live/stream.ts';
import { whileAllowed } from '../live/while-allowed.ts';
import { authorize } from '../scope.ts';
import { answerCounted } from './counted.ts';
import { restContext } from './handler.ts';

const PING_MS = 15_000;

/** GET /api/v1/executions/{id}/events: `id:` is the sequence number, so a client that reconnects misses nothing. */
export const handleEvents = (request: Request, id: string): Promise<Response> => {
  const context = restContext(request);
  return answerCounted(context, 'reads', async (scope) => {
    authorize(scope, 'executions:read');
    if (!isId(id)) throw notFound('execution');
    await getExecutionSummary(scope, id); // a 404 must come before the stream begins
    const last = request.headers.get('last-event-id');
    const after = last !== null && /^\d+$/.test(last) ? Number(last) : -1;
    const stop = new AbortController();
    const signal = whileAllowed(AbortSignal.any([request.signal, stop.signal]), context.recheck);
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        const ping = setInterval(() => controller.enqueue(encoder.encode(': ping\n\n')), PING_MS);
        try {
          for await (const event of streamEvents(scope, id, after, signal)) {
            controller.enqueue(
              encoder.encode(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
            );
          }
          controller.close();
        } catch (error) {
          if (!signal.aborted) controller.error(error);
        } finally {
          clearInterval(ping);
        }
      },
      cancel: () => stop.abort(),
    });
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  });
};
