/**
 * Names that code expects of its surroundings and that the bare language lacks: bytes and text. URL is left out, since
 * half of its rules would be worse than none.
 */
(() => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const CHUNK = 8192;

  function binaryOf(bytes) {
    let text = '';
    for (let i = 0; i < bytes.length; i += CHUNK)
      text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
    return text;
  }
  const bytesOf = (binary) => Uint8Array.from(binary, (char) => char.charCodeAt(0) & 255);

  function toBase64(bytes) {
    const parts = [];
    for (let i = 0; i < bytes.length; i += 3) {
      const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      const left = bytes.length - i;
      const third = left > 1 ? ALPHABET[(three >> 6) & 63] : '=';
      parts.push(
        ALPHABET[three >> 18] +
          ALPHABET[(three >> 12) & 63] +
          third +
          (left > 2 ? ALPHABET[three & 63] : '='),
      );
    }
    return parts.join('');
  }
  function fromBase64(text) {
    const clean = text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/[^A-Za-z0-9+/]/g, '');
    const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const char of clean) {
      held = (held << 6) | ALPHABET.indexOf(char);
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (held >> bits) & 255;
        held &= (1 << bits) - 1;
      }
    }
    return bytes;
  }

  const utf8 = (text) =>
    bytesOf(
      encodeURIComponent(String(text).toWellFormed()).replace(/%(..)/g, (_all, hex) =>
        String.fromCharCode(parseInt(hex, 16)),
      ),
    );
  /** What is no UTF-8 becomes U+FFFD, sequence by sequence. */
  function fromUtf8(bytes) {
    const sequence =
      /[^\x80-\xff]+|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|./gs;
    return binaryOf(bytes).replace(sequence, (part) => {
      if (part.charCodeAt(0) < 128) return part;
      try {
        return decodeURIComponent(
          part.replace(/./gs, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
        );
      } catch {
        return '\ufffd';
      }
    });
  }

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (text) =>
    Uint8Array.from(/^(?:[0-9a-f]{2})*/i.exec(text)[0].match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const CODECS = {
    utf8: [utf8, fromUtf8],
    base64: [fromBase64, toBase64],
    base64url: [
      fromBase64,
      (bytes) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    ],
    hex: [fromHex, hex],
    latin1: [bytesOf, binaryOf],
    ascii: [bytesOf, (bytes) => binaryOf(bytes.map((byte) => byte & 127))],
  };
  const ALIASES = { 'utf-8': 'utf8', binary: 'latin1' };
  function codec(encoding = 'utf8') {
    const name = String(encoding).toLowerCase();
    const found = CODECS[ALIASES[name] ?? name];
    if (!found) throw new TypeError(`Unknown encoding: ${encoding}`);
    return found;
  }

  globalThis.Buffer = class Buffer extends Uint8Array {
    static from(value, encoding) {
      const bytes =
        typeof value === 'string' ? codec(encoding)[0](value) : new Uint8Array(value?.data ?? value);
      return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    static alloc(size, fill = 0) {
      return new Buffer(size).fill(fill);
    }
    static concat(list) {
      return Buffer.from(list.flatMap((bytes) => Array.from(bytes)));
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static byteLength(text, encoding) {
      return Buffer.from(text, encoding).length;
    }
    toString(encoding) {
      return codec(encoding)[1](this);
    }
    equals(other) {
      return hex(this) === hex(other);
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) };
    }
  };
  globalThis.btoa = (text) => {
    if (/[\u0100-\uffff]/.test(text)) throw new RangeError('btoa: the text has characters outside of Latin1');
    return toBase64(bytesOf(String(text)));
  };
  globalThis.atob = (text) => binaryOf(fromBase64(String(text)));
  globalThis.TextEncoder = class TextEncoder {
    encoding = 'utf-8';
    encode = (text = '') => utf8(text);
  };
  globalThis.TextDecoder = class TextDecoder {
    encoding = 'utf-8';
    decode = (bytes = []) => fromUtf8(new Uint8Array(bytes.buffer ?? bytes)).replace(/^\ufeff/, '');
  };
  globalThis.structuredClone = function structuredClone(value, seen = new Map()) {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new TypeError(`A ${typeof value} cannot be cloned`);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (ArrayBuffer.isView(value)) return value.slice();
    const copy = Array.isArray(value)
      ? []
      : value instanceof Map
        ? new Map()
        : value instanceof Set
          ? new Set()
          : {};
    seen.set(value, copy);
    const clone = (one) => structuredClone(one, seen);
    if (value instanceof Map) for (const [key, one] of value) copy.set(clone(key), clone(one));
    else if (value instanceof Set) for (const one of value) copy.add(clone(one));
    else for (const key of Object.keys(value)) copy[key] = clone(value[key]);
    return copy;
  };
})();
