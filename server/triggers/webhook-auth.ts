import { createHash, createPublicKey, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import { checkSignature, type HeaderReader, type SignatureScheme } from './webhook-signature.ts';

/** How callers of a webhook prove who they are, with a credential of the workspace. */
export interface Authentication {
  kind: 'basic' | 'header' | 'jwt' | 'signature';
  scheme: SignatureScheme;
  /** null: none was chosen, so nobody gets in. */
  credentialId: string | null;
}
export interface OpenedCredential {
  type: string;
  data: Record<string, unknown>;
}

/** What is known of a caller who got in. */
export interface Proof {
  /** The claims of a token. */
  jwtPayload?: JWTPayload;
  /** Headers that hold a secret of the workspace or of the caller: no execution needs to keep them. */
  secretHeaders: readonly string[];
}

const TYPES: Record<Authentication['kind'], string> = {
  basic: 'basic',
  header: 'header',
  jwt: 'jwt',
  signature: 'webhook-signature',
};

/** A refusal that says how to do better, in the words of the WWW-Authenticate header. */
export class Challenge extends AppError {
  readonly challenge: string;
  constructor(challenge: string, message: string) {
    super('UNAUTHORIZED', message);
    this.challenge = challenge;
  }
}

/**
 * Throws UNAUTHORIZED unless the call proves to come from somebody who knows the credential; `body` is what a signature is
 * made over. A credential that is of another kind, empty or broken lets nobody in.
 */
export async function authenticate(
  { kind, scheme }: Pick<Authentication, 'kind' | 'scheme'>,
  { type, data }: OpenedCredential,
  call: { header: HeaderReader; body: Buffer; nowMs: number },
): Promise<Proof> {
  if (type !== TYPES[kind]) throw locked();
  if (kind === 'basic') return asBasic(data, call.header);
  if (kind === 'header') return asHeader(data, call.header);
  if (kind === 'jwt') return asToken(data, call);
  const wrong = checkSignature(scheme, textOf(data.secret), call);
  if (wrong) throw wrong.broken ? locked() : new AppError('UNAUTHORIZED', wrong.why);
  return { secretHeaders: [] };
}

/** Nobody can get in: what the webhook would check calls with is not there. */
export const locked = (): AppError =>
  new AppError('UNAUTHORIZED', 'This webhook takes no calls: its credential is missing or cannot be used.');

/** Headers as they came: one that came twice could be read in two ways, so it counts as none. */
export const headerReader =
  ({ headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>): HeaderReader =>
  (name) => {
    const values = headersDistinct[name];
    return values?.length === 1 && values[0] !== '' ? values[0]! : null;
  };

function asBasic(data: OpenedCredential['data'], header: HeaderReader): Proof {
  const user = textOf(data.user);
  const password = textOf(data.password);
  if (password === '') throw locked();
  const given = /^basic +([A-Za-z0-9+/_=-]+)$/i.exec(header('authorization') ?? '')?.[1];
  const said = given === undefined ? '' : Buffer.from(given, 'base64').toString();
  if (given === undefined || !isSame(said, `${user}:${password}`))
    throw new Challenge('Basic realm="Webhook", charset="UTF-8"', 'The user or the password is not right.');
  return { secretHeaders: ['authorization'] };
}

function asHeader(data: OpenedCredential['data'], header: HeaderReader): Proof {
  const name = textOf(data.name).trim().toLowerCase();
  const value = textOf(data.value);
  if (name === '' || value === '') throw locked();
  const given = header(name);
  if (given === null || !isSame(given, value))
    throw new AppError('UNAUTHORIZED', 'The secret header is missing or not right.');
  return { secretHeaders: [name] };
}

const ALGORITHM = /^(?:[HREP]S(?:256|384|512)|EdDSA)$/;

async function asToken(
  data: OpenedCredential['data'],
  { header, nowMs }: { header: HeaderReader; nowMs: number },
): Promise<Proof> {
  const algorithm = textOf(data.algorithm);
  const key = ALGORITHM.test(algorithm) ? keyOf(algorithm, data) : null;
  if (!key) throw locked();
  const token = /^bearer +(\S+)$/i.exec(header('authorization') ?? '')?.[1];
  if (!token) throw new Challenge('Bearer', 'The token is missing.');
  try {
    // the credential says which algorithm it is for, not the token
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      currentDate: new Date(nowMs),
    });
    return { jwtPayload: payload, secretHeaders: ['authorization'] };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new Challenge('Bearer error="invalid_token"', 'The token has expired.');
    if (error instanceof errors.JOSEError)
      throw new Challenge('Bearer error="invalid_token"', 'The token is not right.');
    throw locked(); // a key that does not go with its algorithm
  }
}

function keyOf(algorithm: string, data: OpenedCredential['data']) {
  const secret = textOf(data.secret);
  if (algorithm.startsWith('HS')) return secret === '' ? null : createSecretKey(Buffer.from(secret));
  const pem = textOf(data.publicKey) || textOf(data.privateKey);
  try {
    return pem === '' ? null : createPublicKey(pem);
  } catch {
    return null; // no key: nobody gets in
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Takes the same time whatever is different; hashes have one length, whatever was given. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(hash(given), hash(expected));
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
