import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

export const stopAndError = defineNode({
  type: 'stop-and-error',
  version: 1,
  kind: 'logic',
  name: 'Stop and error',
  category: 'Flow',
  description: 'Ends the execution as failed with your own message; the error workflow starts.',
  search: ['throw', 'fail', 'abort', 'exception', 'raise', 'exit'],
  icon: 'octagon-x',
  color: 'rose',
  operations: {
    default: operation({
      label: 'Stop with an error',
      summary: 'Fails the execution with a message or an error object.',
      effect: 'pure',
      fields: {
        errorType: field.select({
          label: 'Error as',
          options: [
            { value: 'message', label: 'Message' },
            { value: 'object', label: 'Object' },
          ],
          default: 'message',
        }),
        message: field.text({
          label: 'Message',
          placeholder: 'Order {{ $json.id }} has no customer',
          required: true,
          multiline: true,
          showIf: { errorType: ['message'] },
        }),
        errorObject: field.json({
          label: 'Error object',
          help: 'Its `message` is shown; the whole object is kept as detail.',
          placeholder: '{ "code": "404", "message": "Customer not found" }',
          required: true,
          showIf: { errorType: ['object'] },
        }),
      },
      inputs: MAIN,
      outputs: NONE,
      sample: [{ json: { error: 'Order 1042 has no customer' } }],
    }),
  },
});
