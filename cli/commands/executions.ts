import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { answerOf, connectTo, SERVER_OPTIONS, SERVER_USAGE } from '../client/server.ts';
import { readArgs, required, UsageError } from '../usage.ts';

const USAGE = `executions list [--workflow ID] [--status a,b] [--cursor C] | get ID | cancel ID
    | export [--workflow ID] [--from TIME] [--to TIME]   ${SERVER_USAGE}`;

/** Executions of a running server, by its REST API. */
export async function executionsCommand([action, ...args]: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: {
      ...SERVER_OPTIONS,
      workflow: { type: 'string' },
      status: { type: 'string' },
      cursor: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
    words: action === 'list' || action === 'export' ? [] : ['ID'],
  });
  const { workflow, status, cursor, from, to } = values;
  const params = () => ({ params: { path: { id: required(positionals[0], 'ID', USAGE) } } });
  switch (action) {
    case 'list': {
      const query = {
        ...(workflow ? { workflowId: workflow } : {}),
        ...(status ? { status } : {}),
        ...(cursor ? { cursor } : {}),
      };
      return answerOf(connectTo(values).GET('/executions', { params: { query } }));
    }
    case 'get':
      return answerOf(connectTo(values).GET('/executions/{id}', params()));
    case 'cancel':
      return answerOf(connectTo(values).POST('/executions/{id}/cancel', params()));
    case 'export': {
      const query = {
        ...(workflow ? { workflowId: workflow } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      };
      const call = connectTo(values).GET('/executions/export', { params: { query }, parseAs: 'stream' });
      const lines = (await answerOf(call)) as ReadableStream | undefined;
      if (lines) await pipeline(Readable.fromWeb(lines), process.stdout, { end: false });
      return undefined;
    }
    default:
      throw new UsageError(`Usage: ${USAGE}`);
  }
}
