import { answerOf, connectTo, SERVER_OPTIONS, SERVER_USAGE } from '../client/server.ts';
import { readArgs, required, UsageError } from '../usage.ts';

const USAGE = `executions list [--workflow ID] [--status a,b] [--cursor C] | get ID | cancel ID   ${SERVER_USAGE}`;

/** Executions of a running server, by its REST API. */
export async function executionsCommand([action, ...args]: string[]): Promise<unknown> {
  const { values, positionals } = readArgs(args, {
    usage: USAGE,
    options: {
      ...SERVER_OPTIONS,
      workflow: { type: 'string' },
      status: { type: 'string' },
      cursor: { type: 'string' },
    },
    words: action === 'list' ? [] : ['ID'],
  });
  const { workflow, status, cursor } = values;
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
    default:
      throw new UsageError(`Usage: ${USAGE}`);
  }
}
