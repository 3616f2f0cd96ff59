import type { DateTime } from 'luxon';
import { toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError, limitError } from '../failures.ts';
import { digest } from '../hash/digest.ts';
import { parseDateText } from '../natives/date-text.ts';
import { parseJson } from '../natives/json.ts';
import { dateFromFormat, toDateTime } from '../natives/luxon.ts';
import { type NativeCall, table } from '../values.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { sentenceCase, snakeCase, titleCase, withoutAccents } from './letters.ts';
import { numberExtensions } from './number.ts';
import { removeMarkdown, removeTags } from './plain-text.ts';
import { extractDomain, extractEmail, extractUrl, extractUrlPath, isDomain, isEmail, isUrl } from './web.ts';

/** Longer texts are refused where a host expression has to walk them. */
const MAX_TEXT = 2_000_000;

const onText =
  (read: (text: string, ctx: Context) => unknown): NativeCall =>
  (ctx, self) => {
    const text = self as string;
    if (text.length > MAX_TEXT) throw limitError('is given a text that is too long');
    ctx.grow(text.length * 2);
    return read(text, ctx);
  };

function whole(ctx: Context, self: unknown, [radix]: readonly unknown[]): number {
  const text = (self as string).replace(CURRENCY, '');
  return Number.parseInt(text, radix === undefined ? 10 : toNumber(ctx, radix));
}
const CURRENCY = /^[$€£]/;

const float: NativeCall = (_ctx, self) => Number.parseFloat((self as string).replace(CURRENCY, ''));

function parseOrFail(text: string, ctx: Context): unknown {
  try {
    return parseJson(ctx, text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const quotes = /['‘’]/.test(text) && !text.includes('"');
    throw new ExpressionError(quotes ? "Parsing failed. Check you're using double quotes" : 'Parsing failed');
  }
}

function toBoolean(text: string): boolean {
  return !['false', 'no', '0', ''].includes(text.trim().toLowerCase());
}

const encode: NativeCall = (ctx, self, [all]) => {
  ctx.grow((self as string).length * 3);
  return all === true ? encodeURI(self as string) : encodeURIComponent(self as string);
};

const decode: NativeCall = (ctx, self, [all]) => {
  ctx.grow((self as string).length);
  return all === true ? decodeURI(self as string) : decodeURIComponent(self as string);
};

const quote: NativeCall = (ctx, self, [mark]) => {
  const sign = mark === undefined ? '"' : toText(ctx, mark);
  const text = self as string;
  const inner = sign === '' ? text : text.replaceAll('\\', '\\\\').replaceAll(sign, `\\${sign}`);
  ctx.grow(inner.length);
  return sign + inner + sign;
};

const asDateTime: NativeCall = (ctx, self, [format]) => {
  const text = self as string;
  const date =
    format === undefined || format === '' ? toDateTime(ctx, text) : byFormat(ctx, text, toText(ctx, format));
  if (date === undefined)
    throw new ExpressionError(`cannot convert to Luxon DateTime: '${text.slice(0, 100)}'`);
  return date;
};

/** A unit (ms, s, us, excel) reads the text as a number; anything else is a luxon format. */
function byFormat(ctx: Context, text: string, format: string) {
  if (/^(?:ms|s|us|excel)$/.test(format))
    return numberExtensions.toDateTime!(ctx, Number(text), [format]) as DateTime;
  const date = dateFromFormat(ctx, text, format);
  return date.isValid ? date : undefined;
}

export const stringExtensions: Record<string, NativeCall> = table<NativeCall>({
  hash: (ctx, self, [algorithm]) => {
    const text = self as string;
    ctx.step(text.length * 2);
    return digest(algorithm === undefined ? 'md5' : toText(ctx, algorithm).toLowerCase(), text);
  },
  length: (_ctx, self) => (self as string).length,
  isEmpty: (_ctx, self) => self === '',
  isNotEmpty: (_ctx, self) => self !== '',
  isNumeric: (_ctx, self) => {
    const text = self as string;
    return text.trim() !== '' && !Number.isNaN(Number(text)) && !text.includes(' ');
  },
  isDomain: onText(isDomain),
  isEmail: onText(isEmail),
  isUrl: onText(isUrl),
  extractDomain: onText(extractDomain),
  extractEmail: onText(extractEmail),
  extractUrl: onText(extractUrl),
  extractUrlPath: onText(extractUrlPath),
  removeMarkdown: onText(removeMarkdown),
  removeTags: onText(removeTags),
  replaceSpecialChars: onText(withoutAccents),
  toSentenceCase: onText(sentenceCase),
  toSnakeCase: onText(snakeCase),
  toTitleCase: onText(titleCase),
  toBoolean: onText(toBoolean),
  toNumber: onText((text) => {
    const number = Number(text.replace(CURRENCY, ''));
    if (Number.isNaN(number)) throw new ExpressionError(`cannot convert to number: '${text.slice(0, 100)}'`);
    return number;
  }),
  toInt: whole,
  toWholeNumber: whole,
  toFloat: float,
  toDecimalNumber: float,
  toDate: onText((text) => {
    const time = parseDateText(text);
    if (Number.isNaN(time)) throw new ExpressionError(`cannot convert to date: '${text.slice(0, 100)}'`);
    return new Date(time);
  }),
  toDateTime: asDateTime,
  toJsonString: onText((text) => JSON.stringify(text)),
  parseJson: onText(parseOrFail),
  base64Encode: onText(toBase64),
  base64Decode: onText(fromBase64),
  urlEncode: encode,
  urlDecode: decode,
  quote,
});
