import type { CredentialSlot } from './credential-types/define.ts';
import { httpCredentialTypes } from './credential-types/registry.ts';
import { field } from './fields.ts';

const CHOSEN = { authentication: ['credential'] };

/** How a node proves who sends its HTTP requests: fields and place that go together. */
export const authentication = field.select({
  label: 'Authentication',
  options: [
    { value: 'none', label: 'None' },
    { value: 'credential', label: 'Credential' },
  ],
  default: 'none',
  template: false,
});

/** What n8n calls the credential that an imported node was made for: needed on the way back. */
export const credentialType = field.text({
  label: 'Kind of credential in n8n',
  template: false,
  hidden: true,
  showIf: CHOSEN,
});

export const AUTH_SLOT: CredentialSlot = {
  name: 'auth',
  label: 'Credential',
  types: httpCredentialTypes,
  showIf: CHOSEN,
};
