import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

export const chatTrigger = defineNode({
  type: 'chat-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Chat',
  category: 'Triggers',
  description: 'Shows a chat at an address of its own; every message starts the workflow, which answers it.',
  search: ['message', 'conversation', 'bot', 'assistant', 'ask', 'support', 'agent'],
  icon: 'message-circle',
  color: 'emerald',
  startedBy: 'chat',
  operations: {
    default: operation({
      label: 'When a message comes',
      summary: 'Starts with one item that holds the message and the id of the conversation.',
      effect: 'pure',
      inputs: NONE,
      outputs: MAIN,
      credentials: [
        {
          name: 'auth',
          label: 'User and password',
          types: ['basic'],
          showIf: { open: [true], authentication: ['basic'] },
        },
      ],
      fields: {
        title: field.text({ label: 'Title', default: 'Hi there!', template: false }),
        subtitle: field.text({
          label: 'Subtitle',
          placeholder: 'We answer at once, day and night.',
          template: false,
        }),
        greeting: field.text({
          label: 'First messages',
          help: 'What is said before anybody has asked; one message per line.',
          multiline: true,
          default: 'How can I help?',
          template: false,
        }),
        open: field.boolean({
          label: 'Open to everybody who has the address',
          help: 'Otherwise it can be tried in the editor only.',
          default: true,
          template: false,
        }),
        authentication: field.select({
          label: 'Who may write',
          options: [
            { value: 'none', label: 'Everybody who has the address' },
            { value: 'basic', label: 'Who knows a user and a password' },
          ],
          default: 'none',
          showIf: { open: [true] },
          template: false,
        }),
        respond: field.select({
          label: 'Answer with',
          options: [
            {
              value: 'last-node',
              label: 'What the last node gives',
              help: 'Its field output, text or message; else the whole item.',
            },
            { value: 'respond-node', label: 'A “Respond to webhook” node' },
          ],
          default: 'last-node',
          template: false,
        }),
        options: field.options({
          label: 'Options',
          fields: {
            placeholder: field.text({ label: 'Placeholder of the message', placeholder: 'Type a message' }),
            allowFiles: field.boolean({ label: 'Messages may have files' }),
          },
        }),
      },
      sample: [
        {
          json: {
            sessionId: '5f0c2d7e-3a52-4c2a-9d0d-0d7a5b7f2a11',
            action: 'sendMessage',
            chatInput: 'When do you open?',
          },
        },
      ],
    }),
  },
});
