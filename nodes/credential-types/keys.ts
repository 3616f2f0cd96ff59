import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

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

export const jwtKey = defineCredential({
  type: 'jwt',
  name: 'JWT key',
  description: 'Signs and checks JSON Web Tokens, with one algorithm.',
  icon: 'badge-check',
  search: ['jwt', 'token', 'sign', 'verify', 'hs256', 'rs256'],
  fields: {
    algorithm: field.select({
      label: 'Algorithm',
      options: [
        ...SECRET_ALGORITHMS.map((value) => ({ value, label: value, help: 'With a secret.' })),
        ...KEY_ALGORITHMS.map((value) => ({ value, label: value, help: 'With a pair of keys.' })),
      ],
      default: 'HS256',
      template: false,
    }),
    secret: field.text({
      label: 'Secret',
      required: true,
      secret: true,
      template: false,
      showIf: { algorithm: SECRET_ALGORITHMS },
    }),
    publicKey: field.text({
      label: 'Public key',
      help: 'As PEM. For checking.',
      multiline: true,
      template: false,
      placeholder: '-----BEGIN PUBLIC KEY-----',
      showIf: { algorithm: KEY_ALGORITHMS },
    }),
    privateKey: field.text({
      label: 'Private key',
      help: 'As PEM. For signing.',
      multiline: true,
      secret: true,
      template: false,
      placeholder: '-----BEGIN PRIVATE KEY-----',
      showIf: { algorithm: KEY_ALGORITHMS },
    }),
  },
  use: 'opened',
});

export const signingSecret = defineCredential({
  type: 'webhook-signature',
  name: 'Signing secret',
  description: 'A secret that two sides know: for signatures of webhooks and HMACs.',
  icon: 'signature',
  search: ['hmac', 'signature', 'webhook', 'github', 'stripe', 'slack', 'secret'],
  fields: {
    secret: field.text({ label: 'Secret', required: true, secret: true, template: false }),
  },
  use: 'opened',
});

export const privateKey = defineCredential({
  type: 'private-key',
  name: 'Private key',
  description: 'Signs texts and files.',
  icon: 'file-key',
  search: ['rsa', 'ecdsa', 'pem', 'sign'],
  fields: {
    privateKey: field.text({
      label: 'Private key',
      help: 'As PEM.',
      placeholder: '-----BEGIN PRIVATE KEY-----',
      multiline: true,
      required: true,
      secret: true,
      template: false,
    }),
  },
  use: 'opened',
});

export const totpSecret = defineCredential({
  type: 'totp',
  name: 'Authenticator secret',
  description: 'Makes the digits that an authenticator app shows.',
  icon: 'smartphone',
  search: ['totp', '2fa', 'otp', 'mfa'],
  fields: {
    secret: field.text({
      label: 'Secret',
      help: 'The text behind the QR code (Base32).',
      placeholder: 'JBSWY3DPEHPK3PXP',
      required: true,
      secret: true,
      template: false,
    }),
  },
  use: 'opened',
});
