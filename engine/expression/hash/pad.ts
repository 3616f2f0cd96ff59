/** The message with the closing bit and its length, in whole blocks (MD5, SHA-1, SHA-2). */
export function padded(bytes: Uint8Array, blockBytes: 64 | 128, littleEndian: boolean): DataView {
  const lengthBytes = blockBytes / 8;
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / blockBytes) * blockBytes;
  const message = new Uint8Array(size);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  const bits = bytes.length * 8;
  const at = size - 8;
  view.setUint32(littleEndian ? at : at + 4, bits >>> 0, littleEndian);
  view.setUint32(littleEndian ? at + 4 : at, Math.floor(bits / 2 ** 32), littleEndian);
  return view;
}

export function wordBytes(words: ArrayLike<number>, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (let i = 0; i < words.length; i++) view.setUint32(i * 4, words[i]! >>> 0, littleEndian);
  return new Uint8Array(view.buffer);
}

/** The first primes: SHA-2 takes its constants from their roots. */
export function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 64 bits of the fractional part of the square (2) or cube (3) root, exactly. */
export function rootFraction(prime: number, degree: 2 | 3): bigint {
  const scaled = BigInt(prime) << BigInt(64 * degree);
  let low = 0n;
  let high = 1n << 70n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return low & ((1n << 64n) - 1n);
}
