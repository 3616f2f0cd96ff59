import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { FROM_FIELD, keyFrom, keySlot, opensKey } from '../key-source.ts';

const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
const KEY_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
/** Their signatures hold random numbers, so making one again gives another. */
const RANDOMIZED = /^(?:PS|ES)/;

const algorithm = field.select({
  label: 'Algorithm',
  options: [
    ...SECRET_ALGORITHMS.map((value) => ({ value, label: value, help: 'With a secret.' })),
    ...KEY_ALGORITHMS.map((value) => ({ value, label: value, help: 'With a pair of keys.' })),
  ],
  default: 'HS256',
  showIf: FROM_FIELD,
});
const secret = field.text({
  label: 'Secret',
  required: true,
  secret: true,
  showIf: { ...FROM_FIELD, algorithm: SECRET_ALGORITHMS },
});
const pem = (label: string, placeholder: string, isSecret = false) =>
  field.text({
    label,
    help: 'As PEM.',
    multiline: true,
    placeholder,
    required: true,
    secret: isSecret,
    showIf: { ...FROM_FIELD, algorithm: KEY_ALGORITHMS },
  });
const token = field.text({
  label: 'Token',
  placeholder: '{{ $json.token }}',
  help: 'With or without “Bearer” before it.',
  required: true,
});
const credentials = [keySlot('jwt', 'JWT key')];
const onlyResult = field.boolean({ label: 'Drop the other fields of the item' });
const complete = field.boolean({ label: 'Header and signature too' });

export const jwt = defineNode({
  type: 'jwt',
  version: 1,
  kind: 'data',
  name: 'JWT',
  category: 'Data',
  description: 'Makes, checks and reads JSON web tokens.',
  search: ['token', 'json web token', 'sign', 'verify', 'decode', 'claims', 'bearer', 'auth'],
  icon: 'key-round',
  color: 'blue',
  operations: {
    sign: operation({
      label: 'Sign',
      summary: 'Makes a token out of a payload.',
      effect: (parameters) =>
        opensKey(parameters) || RANDOMIZED.test(String(parameters.algorithm ?? '')) ? 'read' : 'pure',
      fields: {
        keyFrom,
        algorithm,
        secret,
        privateKey: pem('Private key', '-----BEGIN PRIVATE KEY-----', true),
        payload: field.json({
          label: 'Payload',
          help: 'An object; what the token says.',
          placeholder: '{ "userId": "{{ $json.id }}" }',
          default: {},
        }),
        claims: field.options({
          label: 'Claims',
          fields: {
            issuer: field.text({ label: 'Issuer (iss)' }),
            subject: field.text({ label: 'Subject (sub)' }),
            audience: field.text({ label: 'Audience (aud)' }),
            id: field.text({ label: 'Id of the token (jti)' }),
            expiresInSeconds: field.number({ label: 'Good for how many seconds (exp)', min: 0 }),
            notBeforeSeconds: field.number({ label: 'Good in how many seconds (nbf)', min: 0 }),
          },
        }),
        output: field.text({ label: 'Put the token in field', default: 'token', required: true }),
        options: field.options({
          label: 'Options',
          fields: {
            keyId: field.text({ label: 'Id of the key (kid)' }),
            issuedAt: field.boolean({ label: 'Say when it was made (iat)', default: true }),
            onlyResult,
          },
        }),
      },
      credentials,
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { token: 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOjF9.…' } }],
    }),
    verify: operation({
      label: 'Verify',
      summary: 'Checks the signature of a token and its times, and gives its payload.',
      effect: (parameters) => (opensKey(parameters) ? 'read' : 'pure'),
      fields: {
        token,
        keyFrom,
        algorithm,
        secret,
        publicKey: pem('Public key', '-----BEGIN PUBLIC KEY-----'),
        options: field.options({
          label: 'Options',
          fields: {
            complete,
            issuer: field.text({ label: 'Must come from (iss)' }),
            audience: field.text({ label: 'Must be meant for (aud)' }),
            ignoreExpiration: field.boolean({ label: 'Accept expired tokens' }),
            ignoreNotBefore: field.boolean({ label: 'Accept tokens that are not good yet' }),
            toleranceSeconds: field.number({
              label: 'Seconds that clocks may differ',
              default: 0,
              min: 0,
            }),
            onlyResult,
          },
        }),
      },
      credentials,
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { payload: { userId: 1, iat: 1772269200 } } }],
    }),
    decode: operation({
      label: 'Decode',
      summary: 'Reads a token without checking it: anybody may have made it.',
      effect: 'pure',
      fields: { token, options: field.options({ label: 'Options', fields: { complete, onlyResult } }) },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { payload: { userId: 1, iat: 1772269200 } } }],
    }),
  },
});
