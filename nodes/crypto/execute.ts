import { createHash, createHmac, createSign, type Hash, type Hmac, type Sign } from 'node:crypto';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { derive, forEachItem, implement, type OperationContext } from '../implement.ts';
import { keyOpener, textOf } from '../key-source.ts';
import { setPath, shallowCopy } from '../paths.ts';
import { crypto } from './definition.ts';
import { randomText } from './random.ts';

interface Source {
  source: 'text' | 'file';
  text: string;
  file: string;
}

export const cryptoNode = implement(crypto, {
  hash: (context) =>
    each(context, async (item, input) => {
      const hash = createHash(input.algorithm);
      return (await feed(context, hash, item, input)).digest(input.encoding);
    }),
  hmac: (context) => {
    const open = keyOpener(context);
    return each(context, async (item, input) => {
      const opened = await open(input);
      const hmac = createHmac(input.algorithm, opened ? textOf(opened.secret) : input.secret);
      return (await feed(context, hmac, item, input)).digest(input.encoding);
    });
  },
  sign: (context) => {
    const open = keyOpener(context);
    return each(context, async (item, input) => {
      const opened = await open(input);
      const signer = await feed(context, signerFor(input.algorithm), item, input);
      return opened
        ? signature(signer, textOf(opened.privateKey), input.encoding, 'credentials.key')
        : signature(signer, input.privateKey, input.encoding, 'privateKey');
    });
  },
  generate: (context) => each(context, (_item, { kind, length }) => randomText(kind, length)),
});

const each = <I extends { output: string }>(
  context: OperationContext<I>,
  make: (item: Item, input: I) => string | Promise<string>,
) =>
  forEachItem(context, async (item, itemIndex, input) => {
    const json: JsonObject = shallowCopy(item.json);
    setPath(json, input.output, await make(item, input));
    return derive(item, itemIndex, json);
  });

/** Files are read in pieces: they may be larger than the memory. */
async function feed<T extends Hash | Hmac | Sign>(
  context: OperationContext<unknown>,
  target: T,
  item: Item,
  input: Source,
): Promise<T> {
  if (input.source === 'text') {
    target.update(input.text);
    return target;
  }
  const file = item.files?.[input.file];
  if (!file) throw new NodeError('config', `The item has no file “${input.file}”.`, { field: 'file' });
  for await (const piece of context.services.files.open(file)) target.update(piece);
  return target;
}

function signerFor(algorithm: string): Sign {
  try {
    return createSign(algorithm);
  } catch {
    throw new NodeError('config', `There is no algorithm “${algorithm}” to sign with.`, {
      field: 'algorithm',
    });
  }
}

function signature(
  signer: Sign,
  key: string,
  encoding: 'hex' | 'base64' | 'base64url',
  field: string,
): string {
  try {
    return signer.sign(withLineBreaks(key), encoding);
  } catch {
    // The reason may quote the key, so it is not passed on.
    throw new NodeError('config', 'This private key cannot be used with the algorithm.', { field });
  }
}

/** A key that was pasted into one line has its line breaks as \n or |. */
const withLineBreaks = (key: string) => (key.includes('\n') ? key : key.replace(/\\n|\|/g, '\n'));
