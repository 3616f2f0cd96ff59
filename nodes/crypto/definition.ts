import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { FROM_FIELD, keyFrom, keySlot, opensKey } from '../key-source.ts';

const source = {
  source: field.select({
    label: 'From',
    options: [
      { value: 'text', label: 'A text' },
      { value: 'file', label: 'A file of the item' },
    ],
    default: 'text',
  }),
  text: field.text({
    label: 'Text',
    multiline: true,
    placeholder: '{{ $json.email }}',
    showIf: { source: ['text'] },
  }),
  file: field.text({
    label: 'Name of the file in the item',
    default: 'data',
    required: true,
    showIf: { source: ['file'] },
  }),
};
const algorithm = field.select({
  label: 'Algorithm',
  options: [
    { value: 'sha256', label: 'SHA-256' },
    { value: 'sha384', label: 'SHA-384' },
    { value: 'sha512', label: 'SHA-512' },
    { value: 'sha3-256', label: 'SHA3-256' },
    { value: 'sha3-384', label: 'SHA3-384' },
    { value: 'sha3-512', label: 'SHA3-512' },
    { value: 'sha1', label: 'SHA-1', help: 'Broken; only for old systems that ask for it.' },
    { value: 'md5', label: 'MD5', help: 'Broken; only for old systems that ask for it.' },
  ],
  default: 'sha256',
});
const encoding = field.select({
  label: 'Written as',
  options: [
    { value: 'hex', label: 'Hexadecimal' },
    { value: 'base64', label: 'Base64' },
    { value: 'base64url', label: 'Base64 for addresses' },
  ],
  default: 'hex',
});
const into = (name: string) =>
  field.text({ label: 'Put the result in field', default: name, required: true });
const keyEffect = (parameters: Record<string, unknown>) => (opensKey(parameters) ? 'read' : 'pure');

export const crypto = defineNode({
  type: 'crypto',
  version: 1,
  kind: 'data',
  name: 'Crypto',
  category: 'Data',
  description: 'Hashes, signs and makes random values.',
  search: ['hash', 'hmac', 'sha256', 'md5', 'signature', 'random', 'uuid', 'password', 'encrypt', 'checksum'],
  icon: 'lock-keyhole',
  color: 'blue',
  operations: {
    hash: operation({
      label: 'Hash',
      summary: 'Makes the fingerprint of a text or a file.',
      effect: 'pure',
      fields: { ...source, algorithm, encoding, output: into('hash') },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { hash: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' } }],
    }),
    hmac: operation({
      label: 'HMAC',
      summary: 'Makes a fingerprint that only someone with the secret can make.',
      effect: keyEffect,
      fields: {
        ...source,
        keyFrom,
        secret: field.text({ label: 'Secret', required: true, secret: true, showIf: FROM_FIELD }),
        algorithm,
        encoding,
        output: into('hmac'),
      },
      credentials: [keySlot('webhook-signature', 'Signing secret')],
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { hmac: '88aab3ede8d3adf94d26ab90d3bafd4a2083070c3bcce9c014ee04a443847c0b' } }],
    }),
    sign: operation({
      label: 'Sign',
      summary: 'Signs a text or a file with a private key.',
      effect: keyEffect,
      fields: {
        ...source,
        algorithm: field.text({
          label: 'Algorithm',
          help: 'RSA-SHA256, RSA-SHA512, SHA256 for elliptic curves, …',
          default: 'RSA-SHA256',
          required: true,
        }),
        keyFrom,
        privateKey: field.text({
          label: 'Private key',
          help: 'As PEM.',
          multiline: true,
          placeholder: '-----BEGIN PRIVATE KEY-----',
          required: true,
          secret: true,
          showIf: FROM_FIELD,
        }),
        encoding,
        output: into('signature'),
      },
      credentials: [keySlot('private-key', 'Private key')],
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { signature: 'MEUCIQDx…' } }],
    }),
    generate: operation({
      label: 'Generate',
      summary: 'Makes a random value for every item.',
      // Not pure: what is random must stay what it was when an execution goes on after a crash.
      effect: 'read',
      fields: {
        kind: field.select({
          label: 'What',
          options: [
            { value: 'uuid', label: 'UUID', help: 'An id that no other has.' },
            { value: 'letters', label: 'Letters and digits' },
            { value: 'ascii', label: 'Letters, digits and signs' },
            { value: 'hex', label: 'Hexadecimal' },
            { value: 'base64', label: 'Base64' },
          ],
          default: 'uuid',
        }),
        length: field.number({
          label: 'Length',
          help: 'Characters.',
          default: 32,
          min: 1,
          max: 100_000,
          integer: true,
          showIf: { kind: ['letters', 'ascii', 'hex', 'base64'] },
        }),
        output: into('random'),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { random: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' } }],
    }),
  },
});
