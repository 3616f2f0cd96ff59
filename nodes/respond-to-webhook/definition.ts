import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const WITH_BODY = ['first-item', 'all-items', 'json', 'text'] as const;

export const respondToWebhook = defineNode({
  type: 'respond-to-webhook',
  version: 1,
  kind: 'action',
  name: 'Respond to webhook',
  category: 'Flow',
  description: 'Answers the caller of the webhook that started this execution; the workflow goes on.',
  search: ['response', 'reply', 'answer', 'return', 'http', 'redirect'],
  icon: 'reply',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Respond',
      summary: 'Sends a response to the waiting caller and passes the items on.',
      // The answer is part of the node's result and is given once the result is stored: repeating it is harmless.
      effect: 'pure',
      fields: {
        respondWith: field.select({
          label: 'Respond with',
          options: [
            { value: 'first-item', label: 'First item as JSON' },
            { value: 'all-items', label: 'All items as a JSON array' },
            { value: 'json', label: 'JSON' },
            { value: 'text', label: 'Text' },
            { value: 'file', label: 'File', help: 'A file of the first item.' },
            { value: 'redirect', label: 'Redirect' },
            { value: 'no-data', label: 'Nothing' },
          ],
          default: 'first-item',
        }),
        json: field.json({
          label: 'JSON',
          placeholder: '{ "ok": true }',
          default: {},
          showIf: { respondWith: ['json'] },
        }),
        text: field.text({
          label: 'Text',
          help: 'Sent as HTML unless a header names another content type.',
          multiline: true,
          showIf: { respondWith: ['text'] },
        }),
        file: field.text({
          label: 'File',
          help: 'Its name in the item. Empty: the first one.',
          placeholder: 'data',
          showIf: { respondWith: ['file'] },
        }),
        redirectUrl: field.text({
          label: 'Redirect to',
          placeholder: 'https://example.com/thanks',
          required: true,
          showIf: { respondWith: ['redirect'] },
        }),
        status: field.number({
          label: 'Status code',
          help: 'Empty: 200, or 307 for a redirect.',
          min: 100,
          max: 599,
          integer: true,
        }),
        headers: field.list({
          label: 'Headers',
          addLabel: 'Add header',
          fields: {
            name: field.text({ label: 'Name', required: true, placeholder: 'Cache-Control' }),
            value: field.text({ label: 'Value', placeholder: 'no-store' }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            responseKey: field.text({
              label: 'Put items under this key',
              help: 'The response becomes { key: … }.',
              placeholder: 'data',
              showIf: { respondWith: WITH_BODY },
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1, name: 'Ada' } }],
    }),
  },
});
