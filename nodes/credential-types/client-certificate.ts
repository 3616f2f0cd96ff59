import type { HttpRequest } from '#engine/node.ts';
import { field } from '../fields.ts';
import { defineCredential } from './define.ts';

const pem = (label: string, help: string, placeholder: string) =>
  field.text({ label, help, placeholder, multiline: true, secret: true, template: false });

export const clientCertificate = defineCredential({
  type: 'client-certificate',
  name: 'Client certificate',
  description: 'Proves who calls when the connection is made (mutual TLS), and trusts a private CA.',
  icon: 'file-key',
  search: ['ssl', 'tls', 'mtls', 'mutual', 'x509', 'pem', 'ca'],
  fields: {
    // people paste certificate and key in one text, so none of these is shown again
    certificate: pem(
      'Certificate',
      'As PEM, with the certificates between it and the CA, if there are any.',
      '-----BEGIN CERTIFICATE-----',
    ),
    privateKey: pem('Private key', 'As PEM.', '-----BEGIN PRIVATE KEY-----'),
    passphrase: field.text({
      label: 'Passphrase',
      help: 'If the private key has one.',
      secret: true,
      template: false,
    }),
    ca: pem(
      'CA certificate',
      'Who vouches for the server, instead of the public authorities. Empty for those.',
      '-----BEGIN CERTIFICATE-----',
    ),
  },
  use: 'http',
  test: 'address',
});

/** The request with the certificate, for where it goes now. */
export function withCertificate(request: HttpRequest, data: Readonly<Record<string, unknown>>): HttpRequest {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  return {
    ...request,
    clientCertificate: {
      origin: URL.parse(request.url)?.origin ?? '',
      certificate: text('certificate'),
      privateKey: text('privateKey'),
      passphrase: text('passphrase'),
      ca: text('ca'),
    },
  };
}
