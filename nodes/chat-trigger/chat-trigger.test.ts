import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { chatTriggerNode } from './execute.ts';

const message = { sessionId: 'a', action: 'sendMessage', chatInput: 'Hi' };

test('passes the message on', async () => {
  expect(jsonOf(await runNode(chatTriggerNode, { items: [message] }))).toEqual([message]);
});

test.each<[string, JsonObject, JsonObject, string]>([
  ['chatTrigger', {}, { open: false, respond: 'last-node' }, 'mapped'],
  [
    'chatTrigger',
    {
      public: true,
      initialMessages: 'Hello\nAsk me',
      options: { title: 'Ask', responseMode: 'responseNode', allowFileUploads: true },
    },
    {
      open: true,
      title: 'Ask',
      greeting: 'Hello\nAsk me',
      respond: 'respond-node',
      options: { allowFiles: true },
    },
    'mapped',
  ],
  ['chatTrigger', { public: true, authentication: 'basicAuth' }, { authentication: 'basic' }, 'mapped'],
  ['chatTrigger', { public: true, authentication: 'n8nUserAuth' }, { open: true }, 'approximated'],
  ['chatTrigger', { options: { responseMode: 'streaming' } }, { respond: 'last-node' }, 'approximated'],
  ['manualChatTrigger', {}, { open: false }, 'mapped'],
])('imports %s with %j', (type, parameters, expected, status) => {
  const { workflow, report } = importN8n({
    nodes: [
      {
        name: 'Chat',
        type: `@n8n/n8n-nodes-langchain.${type}`,
        typeVersion: 1.1,
        position: [0, 0],
        parameters,
      },
    ],
    connections: {},
  });
  expect(workflow.nodes[0]).toMatchObject({ type: 'chat-trigger', parameters: expected });
  expect(report.nodes[0]!.status).toBe(status);
});
