import { expect, test } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { exportN8n } from '../n8n-export.ts';

const exported = (parameters: object) => {
  const credentials = { auth: 'id-of-ours', certificate: 'id-of-ours' };
  const nodes = [
    { id: 'N', name: 'N', type: 'http-request', parameters: { url: 'u', ...parameters }, credentials },
  ];
  const { file, report } = exportN8n(workflowSchema.parse({ name: 'W', nodes }));
  expect(JSON.stringify(file)).not.toContain('id-of-ours');
  const { typeVersion, parameters: theirs } = file.nodes[0]!;
  return { typeVersion, parameters: theirs, ...report.nodes[0]! };
};

test('a client certificate is asked for there too', () => {
  expect(exported({ sendCertificate: true })).toMatchObject({
    parameters: { url: 'u', provideSslCertificates: true },
    status: 'approximated',
    reason: 'Connect its certificate in n8n: secrets do not go along.',
  });
  expect(exported({ sendCertificate: false }).parameters).not.toHaveProperty('provideSslCertificates');
});

test('together with another proof both are left to do', () => {
  const both = { sendCertificate: true, authentication: 'credential', credentialType: 'oAuth1Api' };
  expect(exported(both)).toMatchObject({
    parameters: {
      authentication: 'genericCredentialType',
      genericAuthType: 'oAuth1Api',
      provideSslCertificates: true,
    },
    reason: expect.stringMatching(/its credential in n8n.*its certificate in n8n/),
  });
});

test('the first version knew no certificates, so the newest is written', () => {
  const whole = { options: { listAs: 'whole', responseFormat: 'json' } };
  expect(exported(whole).typeVersion).toBe(1);
  expect(exported({ ...whole, sendCertificate: true }).typeVersion).toBe(4.2);
});
