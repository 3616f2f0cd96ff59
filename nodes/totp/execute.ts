import { Secret, TOTP } from 'otpauth';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { keyOpener, textOf } from '../key-source.ts';
import { shallowCopy } from '../paths.ts';
import { totp } from './definition.ts';

interface Shape {
  digits: string;
  keyFrom: 'credential' | 'field';
  secret: string;
  options: { algorithm?: string; period?: number; keepFields?: boolean };
}

export const totpNode = implement(totp, {
  generate: (context) => {
    const timestamp = context.services.now();
    const open = keyOpener(context);
    return forEachItem(context, async (item, itemIndex, input) => {
      const generator = generatorOf(input, await open(input));
      const token = generator.generate({ timestamp });
      const secondsRemaining = Math.ceil(generator.remaining({ timestamp }) / 1000);
      return withResult(item, itemIndex, input, { token, secondsRemaining });
    });
  },
  verify: (context) => {
    const timestamp = context.services.now();
    const open = keyOpener(context);
    return forEachItem(context, async (item, itemIndex, input) => {
      const generator = generatorOf(input, await open(input));
      const token = input.code.replace(/\s/g, '');
      const found = generator.validate({ token, timestamp, window: input.options.window ?? 1 });
      return withResult(item, itemIndex, input, { isValid: found !== null });
    });
  },
});

function generatorOf(
  { digits, secret: written, options }: Shape,
  opened: Readonly<Record<string, unknown>> | undefined,
): TOTP {
  const { algorithm = 'SHA1', period = 30 } = options;
  const secret = opened
    ? readSecret(textOf(opened.secret), 'credentials.key')
    : readSecret(written, 'secret');
  return new TOTP({ secret, algorithm, digits: Number(digits), period });
}

function withResult(item: Item, itemIndex: number, { options }: Shape, result: JsonObject): Item {
  const rest = (options.keepFields ?? true) ? shallowCopy(item.json) : {};
  return derive(item, itemIndex, { ...rest, ...result });
}

function readSecret(text: string, field: string): Secret {
  try {
    return Secret.fromBase32(text.replace(/[\s-]/g, ''));
  } catch {
    throw new NodeError('config', 'The secret must be Base32: letters A to Z and digits 2 to 7.', {
      field,
    });
  }
}
