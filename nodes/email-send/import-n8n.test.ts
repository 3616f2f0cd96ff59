import { expect, test } from 'vitest';
import { importNode } from '../n8n-testing.ts';

const mapped = (
  version: number,
  parameters: Record<string, unknown>,
  credentials?: Record<string, Record<string, unknown>>,
) =>
  importNode(
    'emailSend',
    version,
    { fromEmail: 'a@x.test', toEmail: '=b@{{ $json.host }}', ...parameters },
    credentials,
  );

test('the first version sent what was filled in', () => {
  const { type, parameters } = mapped(1, {
    subject: 'S',
    text: 'T',
    ccEmail: 'c@x.test',
    attachments: 'data',
    options: { allowUnauthorizedCerts: true, replyTo: 'r@x.test' },
  });
  expect(type).toBe('email-send');
  expect(parameters).toEqual({
    from: 'a@x.test',
    to: 'b@{{ $json.host }}',
    subject: 'S',
    format: 'text',
    text: 'T',
    files: 'data',
    options: { cc: 'c@x.test', replyTo: 'r@x.test', skipMissingFiles: true, allowUnauthorized: true },
  });
  expect(mapped(1, { html: 'H' }).parameters).toMatchObject({ format: 'html', html: 'H' });
  expect(mapped(1, { html: 'H', text: 'T' }).parameters).toMatchObject({ format: 'both' });
});

test('later versions choose the format, and their default changed', () => {
  expect(mapped(2, { text: 'T', html: 'H' }).parameters).toMatchObject({ format: 'text', text: 'T' });
  expect(mapped(2.1, { text: 'T', html: 'H' }).parameters).toMatchObject({ format: 'html', html: 'H' });
  const { parameters } = mapped(2.1, {
    emailFormat: 'both',
    options: { ccEmail: 'c@x.test', bccEmail: 'd@x.test', attachments: 'a,b' },
  });
  expect(parameters).toMatchObject({
    format: 'both',
    files: 'a,b',
    options: { cc: 'c@x.test', bcc: 'd@x.test', skipMissingFiles: true },
  });
});

test('says what is lost, and uses an account that is known', () => {
  const options = { appendAttribution: false };
  expect(mapped(2.1, { options })).toMatchObject({ status: 'mapped' });
  expect(mapped(2.1, { options })).not.toHaveProperty('credentials');
  expect(mapped(2.1, {}).reason).toContain('left out');
  const smtp = { host: 'mail.x.test', port: 587, secure: false, user: 'u', password: 'p' };
  const known = mapped(2.1, { options }, { smtp });
  expect(known.status).toBe('mapped');
  expect(known.credentials).toEqual({ account: 'smtp' });
});

test('asking for an answer by e-mail has no counterpart', () => {
  const { status, reason } = mapped(2.1, { operation: 'sendAndWait' });
  expect(status).toBe('placeholder');
  expect(reason).toContain('Approval');
});
