/** Bytes and text as the interpreter needs them: views into its memory, by the rules of UTF-8 to the letter. */
(() => {
  const CHUNK = 8192;
  const ENCODINGS = { utf8: 'utf-8', 'utf-8': 'utf-8', 'utf-16le': 'utf-16le', 'utf-16': 'utf-16le' };

  /** Collects code units; a call with a million arguments would overflow the stack. */
  function collector() {
    let text = '';
    let units = [];
    const flush = () => {
      text += String.fromCharCode.apply(null, units);
      units = [];
      return text;
    };
    return {
      flush,
      put(code) {
        if (code > 0xffff) units.push(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
        else units.push(code);
        if (units.length >= CHUNK) flush();
      },
    };
  }

  /** How many bytes follow, and what the first of them may be at least and at most. */
  function expected(first) {
    if (first >= 0xc2 && first < 0xe0) return [1, 0x80, 0xbf];
    if (first >= 0xe0 && first < 0xf0) return [2, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
    if (first >= 0xf0 && first < 0xf5) return [3, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
    return [0, 0, 0];
  }

  function fromUtf8(bytes, fatal) {
    const { put, flush } = collector();
    for (let i = 0; i < bytes.length; ) {
      const first = bytes[i++];
      if (first < 0x80) {
        put(first);
        continue;
      }
      const [count, least, most] = expected(first);
      let code = first & (0x3f >> count);
      let found = 0;
      for (; found < count; found++) {
        const next = bytes[i];
        if (!(next >= (found === 0 ? least : 0x80) && next <= (found === 0 ? most : 0xbf))) break;
        code = (code << 6) | (next & 0x3f);
        i++;
      }
      if (count > 0 && found === count) put(code);
      else if (fatal) throw new TypeError('The encoded data was not valid');
      else put(0xfffd);
    }
    return flush();
  }

  function fromUnits(bytes, size) {
    const { put, flush } = collector();
    for (let i = 0; i + size <= bytes.length; i += size)
      put(size === 1 ? bytes[i] : bytes[i] | (bytes[i + 1] << 8));
    return flush();
  }

  function encodeInto(text, target) {
    let written = 0;
    let read = 0;
    while (read < text.length) {
      const point = text.codePointAt(read);
      const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + size > target.length) break;
      if (size === 1) target[written++] = code;
      else {
        target[written++] = ((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1)));
        for (let rest = size - 2; rest >= 0; rest--) target[written++] = 0x80 | ((code >> (6 * rest)) & 0x3f);
      }
      read += point > 0xffff ? 2 : 1;
    }
    return { read, written };
  }

  globalThis.TextDecoder = class TextDecoder {
    constructor(encoding = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
      this.encoding = ENCODINGS[String(encoding).toLowerCase()] ?? 'latin1';
      this.fatal = fatal;
      this.ignoreBOM = ignoreBOM;
    }
    decode(value = new Uint8Array(0)) {
      const bytes = ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value);
      if (this.encoding !== 'utf-8') return fromUnits(bytes, this.encoding === 'latin1' ? 1 : 2);
      const text = fromUtf8(bytes, this.fatal);
      return !this.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
  };
  globalThis.TextEncoder = class TextEncoder {
    encoding = 'utf-8';
    encode(text = '') {
      const bytes = new Uint8Array(String(text).length * 3);
      return bytes.slice(0, encodeInto(String(text), bytes).written);
    }
    encodeInto = (text, target) => encodeInto(String(text), target);
  };
})();
