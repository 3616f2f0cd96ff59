import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { FROM_FIELD, keyFrom, keySlot, opensKey } from '../key-source.ts';

const digits = field.select({
  label: 'Digits',
  options: [
    { value: '4', label: '4' },
    { value: '5', label: '5' },
    { value: '6', label: '6', help: 'What nearly everybody uses.' },
    { value: '7', label: '7' },
    { value: '8', label: '8' },
    { value: '9', label: '9' },
    { value: '10', label: '10' },
  ],
  default: '6',
});
const secret = field.text({
  label: 'Secret',
  help: 'The text behind the QR code (Base32).',
  placeholder: 'JBSWY3DPEHPK3PXP',
  required: true,
  secret: true,
  showIf: FROM_FIELD,
});
const credentials = [keySlot('totp', 'Authenticator secret')];
const effect = (parameters: Record<string, unknown>) => (opensKey(parameters) ? 'read' : 'pure');
const shape = {
  algorithm: field.select({
    label: 'Algorithm',
    options: [
      { value: 'SHA1', label: 'SHA-1' },
      { value: 'SHA224', label: 'SHA-224' },
      { value: 'SHA256', label: 'SHA-256' },
      { value: 'SHA384', label: 'SHA-384' },
      { value: 'SHA512', label: 'SHA-512' },
      { value: 'SHA3-224', label: 'SHA3-224' },
      { value: 'SHA3-256', label: 'SHA3-256' },
      { value: 'SHA3-384', label: 'SHA3-384' },
      { value: 'SHA3-512', label: 'SHA3-512' },
    ],
    default: 'SHA1',
  }),
  period: field.number({ label: 'Seconds that a code is good for', default: 30, min: 1, integer: true }),
  keepFields: field.boolean({ label: 'Keep the other fields of the item', default: true }),
};

export const totp = defineNode({
  type: 'totp',
  version: 1,
  kind: 'data',
  name: 'One-time password',
  category: 'Data',
  description: 'Makes or checks the digits that an authenticator app shows.',
  search: ['totp', 'otp', '2fa', 'mfa', 'two factor', 'authenticator', 'token'],
  icon: 'shield-check',
  color: 'blue',
  operations: {
    generate: operation({
      label: 'Make a code',
      summary: 'Makes the code of this moment from the secret of an account.',
      effect,
      fields: { digits, keyFrom, secret, options: field.options({ label: 'Options', fields: shape }) },
      credentials,
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { token: '123456', secondsRemaining: 12 } }],
    }),
    verify: operation({
      label: 'Check a code',
      summary: 'Says whether a code that somebody typed in is right.',
      effect,
      fields: {
        digits,
        code: field.text({ label: 'Code', placeholder: '{{ $json.code }}', required: true }),
        keyFrom,
        secret,
        options: field.options({
          label: 'Options',
          fields: {
            ...shape,
            window: field.number({
              label: 'How many codes before and after count too',
              help: 'Clocks differ, and people type slowly.',
              default: 1,
              min: 0,
              max: 10,
              integer: true,
            }),
          },
        }),
      },
      credentials,
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { isValid: true } }],
    }),
  },
});
