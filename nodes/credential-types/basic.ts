import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

const fields = {
  user: field.text({ label: 'User', template: false, placeholder: 'ada' }),
  password: field.text({ label: 'Password', template: false, secret: true }),
};

export const basic = defineCredential({
  type: 'basic',
  name: 'User and password',
  description: 'Basic authentication: sent with every request.',
  icon: 'user-round-key',
  search: ['basic', 'login', 'http', 'username'],
  fields,
  use: 'http',
  test: 'address',
});

export const digest = defineCredential({
  type: 'digest',
  name: 'User and password (digest)',
  description: 'Digest authentication: the password itself is never sent.',
  icon: 'user-round-key',
  search: ['digest', 'login', 'http', 'username'],
  fields,
  use: 'http',
  test: 'address',
});
