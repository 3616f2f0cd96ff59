import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

const CODE = { grant: ['authorization-code'] };

export const oauth2 = defineCredential({
  type: 'oauth2',
  name: 'OAuth 2',
  description:
    'Somebody consents at the provider, or the client proves itself; tokens are renewed by themselves.',
  icon: 'shield-check',
  search: ['oauth', 'openid', 'consent', 'client credentials', 'access token', 'google', 'microsoft'],
  fields: {
    grant: field.select({
      label: 'Flow',
      options: [
        { value: 'authorization-code', label: 'A person consents', help: 'Authorization code with PKCE.' },
        {
          value: 'client-credentials',
          label: 'The client itself',
          help: 'Client credentials: nobody has to consent.',
        },
      ],
      default: 'authorization-code',
      template: false,
    }),
    authorizationUrl: field.text({
      label: 'Authorization address',
      placeholder: 'https://provider.example/oauth/authorize',
      required: true,
      template: false,
      showIf: CODE,
    }),
    tokenUrl: field.text({
      label: 'Token address',
      placeholder: 'https://provider.example/oauth/token',
      required: true,
      template: false,
    }),
    clientId: field.text({ label: 'Client ID', required: true, template: false }),
    clientSecret: field.text({
      label: 'Client secret',
      help: 'Empty for a public client.',
      template: false,
      secret: true,
    }),
    scope: field.text({
      label: 'Scope',
      help: 'Separated by spaces.',
      template: false,
      placeholder: 'read write',
    }),
    clientAuthentication: field.select({
      label: 'Client proves itself',
      options: [
        { value: 'header', label: 'In a header' },
        { value: 'body', label: 'In the body' },
      ],
      default: 'header',
      template: false,
    }),
    authorizationParameters: field.text({
      label: 'More parameters for the consent page',
      help: 'As in an address.',
      placeholder: 'access_type=offline&prompt=consent',
      template: false,
      showIf: CODE,
    }),
    audience: field.text({
      label: 'Audience',
      help: 'For providers that want one.',
      template: false,
      showIf: { grant: ['client-credentials'] },
    }),
  },
  use: 'http',
  connects: (data) => data.grant !== 'client-credentials',
  test: 'token',
});
