import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { CompactSign, compactVerify, errors } from 'jose';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { keyOpener, textOf } from '../key-source.ts';
import { copyJson, isPlain, setPath, shallowCopy } from '../paths.ts';
import { checkClaims } from './claims.ts';
import { jwt } from './definition.ts';

type SignInput = InputOf<(typeof jwt)['operations']['sign']['fields']>;

export const jwtNode = implement(jwt, {
  sign: (context) => {
    const now = Math.floor(context.services.now() / 1000);
    const open = keyOpener(context);
    return forEachItem(context, async (item, itemIndex, input) => {
      const { algorithm, key, field } = keyOf(input, await open(input), 'privateKey');
      const given = jsonValue(context, 'payload', input.payload, itemIndex);
      if (!isPlain(given))
        throw new NodeError('config', 'The payload must be an object.', { field: 'payload' });
      const payload = new TextEncoder().encode(
        JSON.stringify({ ...copyJson(given), ...claimsOf(input, now) }),
      );
      const { keyId } = input.options;
      const header = { alg: algorithm, typ: 'JWT', ...(keyId ? { kid: keyId } : {}) };
      const token = await new CompactSign(payload)
        .setProtectedHeader(header)
        .sign(key)
        .catch(() => {
          throw new NodeError('config', `This key cannot sign with ${algorithm}.`, { field });
        });
      const json: JsonObject = input.options.onlyResult ? {} : shallowCopy(item.json);
      setPath(json, input.output, token);
      return derive(item, itemIndex, json);
    });
  },
  verify: (context) => {
    const now = Math.floor(context.services.now() / 1000);
    const open = keyOpener(context);
    return forEachItem(context, async (item, itemIndex, input) => {
      const token = bare(input.token);
      const { algorithm, key, field } = keyOf(input, await open(input), 'publicKey');
      await compactVerify(token, key, { algorithms: [algorithm] }).catch((thrown) => refused(thrown, field));
      const parts = read(token);
      checkClaims(parts.payload, now, input.options);
      return result(item, itemIndex, parts, input.options);
    });
  },
  decode: (context) =>
    forEachItem(context, (item, itemIndex, { token, options }) =>
      result(item, itemIndex, read(bare(token)), options),
    ),
});

function claimsOf({ claims, options }: SignInput, now: number): JsonObject {
  const { issuer, subject, audience, id, expiresInSeconds, notBeforeSeconds } = claims;
  const values: JsonObject = {};
  if (options.issuedAt ?? true) values.iat = now;
  if (issuer) values.iss = issuer;
  if (subject) values.sub = subject;
  if (audience) values.aud = audience;
  if (id) values.jti = id;
  if (expiresInSeconds !== undefined) values.exp = now + expiresInSeconds;
  if (notBeforeSeconds !== undefined) values.nbf = now + notBeforeSeconds;
  return values;
}

interface Keys {
  algorithm?: unknown;
  secret?: unknown;
  publicKey?: unknown;
  privateKey?: unknown;
}

/** The key of the credential, or of the fields where none was opened. `field` is what to blame when it does not fit. */
function keyOf(
  input: { keyFrom: 'credential' | 'field' } & Keys,
  opened: Keys | undefined,
  name: 'publicKey' | 'privateKey',
): { algorithm: string; key: KeyObject; field: string } {
  const keys = opened ?? input;
  const algorithm = textOf(keys.algorithm) || 'HS256';
  const isSecret = algorithm.startsWith('HS');
  const written = textOf(isSecret ? keys.secret : keys[name]);
  if (opened && written === '')
    throw new NodeError('config', `This credential holds no ${isSecret ? 'secret' : LABELS[name]}.`, {
      field: 'credentials.key',
    });
  const key = isSecret ? createSecretKey(Buffer.from(written)) : readPem(written, name, opened !== undefined);
  return { algorithm, key, field: opened ? 'credentials.key' : 'algorithm' };
}

const LABELS = { publicKey: 'public key', privateKey: 'private key' };

function readPem(pem: string, name: 'publicKey' | 'privateKey', isOpened: boolean): KeyObject {
  try {
    return name === 'publicKey' ? createPublicKey(pem) : createPrivateKey(pem);
  } catch {
    // The reason may quote the key, so it is not passed on.
    throw new NodeError('config', 'This is no key in PEM form.', {
      field: isOpened ? 'credentials.key' : name,
    });
  }
}

interface Parts {
  header: JsonObject;
  payload: JsonObject;
  signature: string;
}

function read(token: string): Parts {
  const [header, payload, signature = ''] = token.split('.');
  const parts = { header: part(header), payload: part(payload), signature };
  if (!parts.header || !parts.payload)
    throw new NodeError('config', 'This is no JSON web token.', { field: 'token' });
  return { ...parts, header: parts.header, payload: parts.payload };
}

function part(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    return isPlain(value) ? value : undefined;
  } catch {
    return undefined; // the caller says that it is no token
  }
}

const bare = (token: string) => token.trim().replace(/^Bearer\s+/i, '');

function refused(thrown: unknown, field: string): never {
  if (thrown instanceof errors.JWSSignatureVerificationFailed)
    throw new NodeError('config', 'The signature of the token is not right.', { field: 'token' });
  if (thrown instanceof errors.JOSEAlgNotAllowed)
    throw new NodeError('config', 'The token was signed with another algorithm.', { field });
  if (thrown instanceof errors.JOSEError)
    throw new NodeError('config', 'This is no JSON web token.', { field: 'token' });
  throw new NodeError('config', 'This key cannot check the token.', { field });
}

function result(
  item: Item,
  itemIndex: number,
  { header, payload, signature }: Parts,
  options: { complete?: boolean; onlyResult?: boolean },
): Item {
  const rest = options.onlyResult ? {} : shallowCopy(item.json);
  const found = options.complete ? { header, payload, signature } : { payload };
  return derive(item, itemIndex, { ...rest, ...found });
}
