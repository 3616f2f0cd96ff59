import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { CompactSign, compactVerify, errors } from 'jose';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { copyJson, isPlain, setPath, shallowCopy } from '../paths.ts';
import { checkClaims } from './claims.ts';
import { jwt } from './definition.ts';

type SignInput = InputOf<(typeof jwt)['operations']['sign']['fields']>;

export const jwtNode = implement(jwt, {
  sign: (context) => {
    const now = Math.floor(context.services.now() / 1000);
    return forEachItem(context, async (item, itemIndex, input) => {
      const given = jsonValue(context, 'payload', input.payload, itemIndex);
      if (!isPlain(given))
        throw new NodeError('config', 'The payload must be an object.', { field: 'payload' });
      const payload = new TextEncoder().encode(
        JSON.stringify({ ...copyJson(given), ...claimsOf(input, now) }),
      );
      const { keyId } = input.options;
      const header = { alg: input.algorithm, typ: 'JWT', ...(keyId ? { kid: keyId } : {}) };
      const token = await new CompactSign(payload)
        .setProtectedHeader(header)
        .sign(keyOf(input.algorithm, input.secret, () => createPrivateKey(input.privateKey), 'privateKey'))
        .catch(() => {
          throw new NodeError('config', `This key cannot sign with ${input.algorithm}.`, {
            field: 'algorithm',
          });
        });
      const json: JsonObject = input.options.onlyResult ? {} : shallowCopy(item.json);
      setPath(json, input.output, token);
      return derive(item, itemIndex, json);
    });
  },
  verify: (context) => {
    const now = Math.floor(context.services.now() / 1000);
    return forEachItem(context, async (item, itemIndex, input) => {
      const token = bare(input.token);
      const key = keyOf(input.algorithm, input.secret, () => createPublicKey(input.publicKey), 'publicKey');
      await compactVerify(token, key, { algorithms: [input.algorithm] }).catch(refused);
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

function keyOf(algorithm: string, secret: string, readPem: () => KeyObject, field: string): KeyObject {
  if (algorithm.startsWith('HS')) return createSecretKey(Buffer.from(secret));
  try {
    return readPem();
  } catch {
    // The reason may quote the key, so it is not passed on.
    throw new NodeError('config', 'This is no key in PEM form.', { field });
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

function refused(thrown: unknown): never {
  if (thrown instanceof errors.JWSSignatureVerificationFailed)
    throw new NodeError('config', 'The signature of the token is not right.', { field: 'token' });
  if (thrown instanceof errors.JOSEAlgNotAllowed)
    throw new NodeError('config', 'The token was signed with another algorithm.', { field: 'algorithm' });
  if (thrown instanceof errors.JOSEError)
    throw new NodeError('config', 'This is no JSON web token.', { field: 'token' });
  throw new NodeError('config', 'This key cannot check the token.', { field: 'algorithm' });
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
