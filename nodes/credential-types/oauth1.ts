import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

const WITH_SECRETS = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'PLAINTEXT'] as const;
const CONSENT = { flow: ['consent'] };
const TOKENS = { flow: ['tokens'] };

export const oauth1 = defineCredential({
  type: 'oauth1',
  name: 'OAuth 1.0a',
  description: 'Every request is signed, with the secrets of an application and of whoever gave it access.',
  icon: 'shield-check',
  search: ['oauth', 'oauth1', 'consumer key', 'access token', 'hmac', 'netsuite', 'trello', 'tumblr'],
  fields: {
    flow: field.select({
      label: 'Access',
      options: [
        {
          value: 'tokens',
          label: 'By tokens that I have',
          help: 'Many services show them to who made the key.',
        },
        { value: 'consent', label: 'A person consents', help: 'At the service, in a window of its own.' },
      ],
      default: 'tokens',
      template: false,
    }),
    requestTokenUrl: field.text({
      label: 'Request token address',
      placeholder: 'https://provider.example/oauth/request_token',
      required: true,
      template: false,
      showIf: CONSENT,
    }),
    authorizationUrl: field.text({
      label: 'Authorization address',
      placeholder: 'https://provider.example/oauth/authorize',
      required: true,
      template: false,
      showIf: CONSENT,
    }),
    accessTokenUrl: field.text({
      label: 'Access token address',
      placeholder: 'https://provider.example/oauth/access_token',
      required: true,
      template: false,
      showIf: CONSENT,
    }),
    consumerKey: field.text({ label: 'Consumer key', required: true, template: false }),
    signatureMethod: field.select({
      label: 'Signature',
      options: [
        { value: 'HMAC-SHA1', label: 'HMAC-SHA1' },
        { value: 'HMAC-SHA256', label: 'HMAC-SHA256' },
        { value: 'HMAC-SHA512', label: 'HMAC-SHA512' },
        { value: 'RSA-SHA1', label: 'RSA-SHA1', help: 'With a private key.' },
        { value: 'PLAINTEXT', label: 'PLAINTEXT', help: 'Sends the secrets themselves: for https only.' },
      ],
      default: 'HMAC-SHA1',
      template: false,
    }),
    consumerSecret: field.text({
      label: 'Consumer secret',
      secret: true,
      template: false,
      showIf: { signatureMethod: WITH_SECRETS },
    }),
    privateKey: field.text({
      label: 'Private key',
      help: 'As PEM.',
      placeholder: '-----BEGIN PRIVATE KEY-----',
      multiline: true,
      required: true,
      secret: true,
      template: false,
      showIf: { signatureMethod: ['RSA-SHA1'] },
    }),
    accessToken: field.text({
      label: 'Access token',
      help: 'Empty where the consumer key is enough.',
      secret: true,
      template: false,
      showIf: TOKENS,
    }),
    tokenSecret: field.text({ label: 'Token secret', secret: true, template: false, showIf: TOKENS }),
    realm: field.text({
      label: 'Realm',
      help: 'For services that want one.',
      template: false,
    }),
  },
  use: 'http',
  connects: (data) => data.flow === 'consent',
  test: 'address',
});
