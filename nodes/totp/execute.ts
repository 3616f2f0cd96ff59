import { Secret, TOTP } from 'otpauth';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { derive, forEachItem, implement } from '../implement.ts';
import { shallowCopy } from '../paths.ts';
import { totp } from './definition.ts';

interface Shape {
  digits: string;
  secret: string;
  options: { algorithm?: string; period?: number; keepFields?: boolean };
}

export const totpNode = implement(totp, {
  generate: (context) => {
    const timestamp = context.services.now();
    return forEachItem(context, (item, itemIndex, input) => {
      const generator = generatorOf(input);
      const token = generator.generate({ timestamp });
      const secondsRemaining = Math.ceil(generator.remaining({ timestamp }) / 1000);
      return withResult(item, itemIndex, input, { token, secondsRemaining });
    });
  },
  verify: (context) => {
    const timestamp = context.services.now();
    return forEachItem(context, (item, itemIndex, input) => {
      const token = input.code.replace(/\s/g, '');
      const found = generatorOf(input).validate({ token, timestamp, window: input.options.window ?? 1 });
      return withResult(item, itemIndex, input, { isValid: found !== null });
    });
  },
});

function generatorOf({ digits, secret, options }: Shape): TOTP {
  const { algorithm = 'SHA1', period = 30 } = options;
  return new TOTP({ secret: readSecret(secret), algorithm, digits: Number(digits), period });
}

function withResult(item: Item, itemIndex: number, { options }: Shape, result: JsonObject): Item {
  const rest = (options.keepFields ?? true) ? shallowCopy(item.json) : {};
  return derive(item, itemIndex, { ...rest, ...result });
}

function readSecret(text: string): Secret {
  try {
    return Secret.fromBase32(text.replace(/[\s-]/g, ''));
  } catch {
    throw new NodeError('config', 'The secret must be Base32: letters A to Z and digits 2 to 7.', {
      field: 'secret',
    });
  }
}
