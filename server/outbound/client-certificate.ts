import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { TlsOptions } from 'node:tls';
import { z } from 'zod';
import { NodeError } from '#engine/errors.ts';
import type { HttpRequest } from '#engine/node.ts';

/** Texts in PEM; empty: none. */
const certificateSchema = z.object({
  certificate: z.string().default(''),
  privateKey: z.string().default(''),
  passphrase: z.string().default(''),
  /** Who vouches for servers, instead of the public authorities. */
  ca: z.string().default(''),
});
export type ClientCertificate = z.output<typeof certificateSchema>;
type Field = keyof ClientCertificate;

/** What connections are made with. */
export type OwnTls = Pick<TlsOptions, 'cert' | 'key' | 'passphrase' | 'ca'>;

/** What the door that signs put into a request, for calls to this origin only; undefined for any other. */
export function certificateFor(request: HttpRequest, origin: string): ClientCertificate | undefined {
  if (request.clientCertificate === undefined) return undefined;
  const { origin: own, ...certificate } = request.clientCertificate;
  if (own !== origin) return undefined;
  if (!origin.startsWith('https:'))
    throw new NodeError('config', 'A client certificate needs an address that begins with https.', {
      field: 'url',
      detail: 'Without encryption nobody asks for it, so the call would prove nothing.',
    });
  return certificate;
}

/** Tells pools apart; holds no secret. */
export const fingerprintOf = ({ certificate, privateKey, passphrase, ca }: ClientCertificate): string =>
  createHash('sha256')
    .update(JSON.stringify([certificate, privateKey, passphrase, ca]))
    .digest('base64');

/** For the connections. Throws NodeError(config) that names the field of the credential. */
export function ownTls(given: ClientCertificate): OwnTls {
  const problem = certificateProblem(given);
  if (problem)
    throw new NodeError('config', `The client certificate cannot be used: ${problem.message}`, {
      field: 'credentials',
    });
  return {
    ...(given.certificate.trim() === ''
      ? {}
      : { cert: pem(given.certificate), key: pem(given.privateKey), passphrase: given.passphrase }),
    ...(given.ca.trim() === '' ? {} : { ca: pem(given.ca) }),
  };
}

/** What is wrong with it, and in which field; null: nothing. Says nothing of what the fields hold. */
export function certificateProblem(
  given: Readonly<Record<string, unknown>>,
): { field: Field; message: string } | null {
  const read = certificateSchema.safeParse(given);
  if (!read.success)
    return { field: read.error.issues[0]?.path[0] as Field, message: 'Its fields must be texts.' };
  const { certificate, privateKey, passphrase, ca } = read.data;
  const isGiven = (text: string) => text.trim() !== '';
  if (!isGiven(certificate) && !isGiven(privateKey) && !isGiven(ca))
    return {
      field: 'certificate',
      message: 'A “Certificate” with its “Private key”, or a “CA certificate”, is missing.',
    };
  if (isGiven(ca) && !x509(ca)) return { field: 'ca', message: `“CA certificate” ${NO_CERTIFICATE}` };
  if (!isGiven(certificate) && !isGiven(privateKey)) return null;
  if (!isGiven(certificate))
    return { field: 'certificate', message: '“Certificate” is missing: the private key is of no use alone.' };
  if (!isGiven(privateKey))
    return { field: 'privateKey', message: '“Private key” is missing: the certificate is of no use alone.' };
  const own = x509(certificate);
  if (!own) return { field: 'certificate', message: `“Certificate” ${NO_CERTIFICATE}` };
  const key = keyOf(privateKey, passphrase);
  if ('field' in key) return key;
  return own.checkPrivateKey(key.key)
    ? null
    : { field: 'privateKey', message: '“Private key” does not belong to the certificate.' };
}

const NO_CERTIFICATE = 'is no certificate in PEM form (-----BEGIN CERTIFICATE-----).';

function x509(text: string): X509Certificate | null {
  try {
    return new X509Certificate(pem(text));
  } catch {
    return null; // the caller says that it is none
  }
}

function keyOf(text: string, passphrase: string): { key: KeyObject } | { field: Field; message: string } {
  try {
    return { key: createPrivateKey({ key: pem(text), format: 'pem', passphrase }) };
  } catch (thrown) {
    if (!/ENCRYPTED/.test(text))
      return {
        field: 'privateKey',
        message: '“Private key” is no key in PEM form (-----BEGIN PRIVATE KEY-----).',
      };
    const { code } = thrown as { code?: string };
    if (passphrase === '' || code === 'ERR_MISSING_PASSPHRASE')
      return { field: 'passphrase', message: '“Passphrase” is missing: the private key is encrypted.' };
    return { field: 'passphrase', message: '“Passphrase” does not open the private key.' };
  }
}

/** Line breaks get lost on the way through forms and variables. */
function pem(text: string): string {
  const lines = text.replaceAll('\\n', '\n').trim();
  if (lines.includes('\n')) return `${lines}\n`;
  return lines.replace(
    /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----\s*/g,
    (_all, what: string, body: string) =>
      `-----BEGIN ${what}-----\n${body.trim().replace(/\s+/g, '\n')}\n-----END ${what}-----\n`,
  );
}
