import { randomBytes, randomInt, randomUUID } from 'node:crypto';

export type RandomKind = 'uuid' | 'letters' | 'ascii' | 'hex' | 'base64';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** All visible characters of ASCII. */
const ASCII = Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n)).join('');

/** A random text of this many characters, fit for secrets; a UUID has its own length. */
export function randomText(kind: RandomKind, length: number): string {
  switch (kind) {
    case 'uuid':
      return randomUUID();
    case 'hex':
      return randomBytes(length).toString('hex').slice(0, length);
    case 'base64':
      return randomBytes(length).toString('base64').slice(0, length);
    case 'letters':
      return pick(LETTERS, length);
    case 'ascii':
      return pick(ASCII, length);
  }
}

const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
