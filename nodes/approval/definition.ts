import { defineNode, MAIN, operation } from '../define.ts';
import { DURATION_UNITS } from '../duration.ts';
import { field } from '../fields.ts';

export const approval = defineNode({
  type: 'approval',
  version: 1,
  kind: 'logic',
  name: 'Approval',
  category: 'Flow',
  description: 'Asks a person and waits, for days if need be, until they approve or reject.',
  search: ['human', 'approve', 'reject', 'review', 'decision', 'confirm', 'sign off', 'in the loop', 'ask'],
  icon: 'user-check',
  color: 'amber',
  cycle: 'branch',
  operations: {
    default: operation({
      label: 'Ask for approval',
      summary: 'Shows a question in Approvals and behind a link; goes on as approved, rejected or expired.',
      effect: (parameters) => (notifies(parameters) ? 'write' : 'pure'),
      fields: {
        title: field.text({
          label: 'Question',
          placeholder: 'Pay invoice {{ $json.number }}?',
          required: true,
        }),
        message: field.text({
          label: 'What the person should know',
          placeholder: '{{ $json.customer }} asks for {{ $json.total }} €.',
          multiline: true,
        }),
        details: field.list({
          label: 'Details to show',
          addLabel: 'Add detail',
          max: 50,
          fields: {
            name: field.text({ label: 'Name', required: true, placeholder: 'Amount' }),
            value: field.text({ label: 'Value', placeholder: '{{ $json.total }}' }),
          },
        }),
        allowComment: field.boolean({ label: 'The answer may come with a comment', default: true }),
        expires: field.boolean({
          label: 'The question expires',
          help: 'Then the items go on by “expired”. Otherwise it waits for ever.',
        }),
        expiresAmount: field.number({
          label: 'Expires after',
          default: 3,
          min: 0,
          showIf: { expires: [true] },
        }),
        expiresUnit: field.select({
          label: 'Unit',
          options: DURATION_UNITS,
          default: 'days',
          showIf: { expires: [true] },
        }),
        notifyUrl: field.text({
          label: 'Tell this address',
          help: 'Gets the question and its link as JSON {text, approvalUrl, title}, for example a Slack incoming webhook. Whoever has the link may decide.',
          placeholder: 'https://hooks.slack.com/services/…',
        }),
      },
      inputs: MAIN,
      outputs: [
        { name: 'approved', label: 'approved' },
        { name: 'rejected', label: 'rejected' },
        { name: 'expired', label: 'expired' },
      ],
      sample: [
        {
          json: {
            id: 1042,
            approval: {
              decision: 'approved',
              comment: 'Fine with me',
              by: 'Ada Lovelace',
              at: '2026-01-31T09:00:00.000Z',
            },
          },
        },
      ],
    }),
  },
});

const notifies = ({ notifyUrl }: Record<string, unknown>): boolean =>
  typeof notifyUrl === 'string' && notifyUrl.trim() !== '';
