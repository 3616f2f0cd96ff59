const MASK = (1n << 64n) - 1n;
const RATE = 72;

const left = (value: bigint, by: number): bigint =>
  by === 0 ? value : ((value << BigInt(by)) | (value >> BigInt(64 - by))) & MASK;

const { rotations, order } = walk();
const ROUND = roundConstants();

/** Rotation of each lane and the lane it moves to, by the walk (x, y) → (y, 2x + 3y). */
function walk(): { rotations: number[]; order: number[] } {
  const rotations: number[] = new Array(25).fill(0);
  const order = [0];
  let [x, y] = [1, 0];
  for (let t = 0; t < 24; t++) {
    rotations[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  for (let i = 0; i < 25; i++) order[i] = ((i / 5) | 0) + 5 * ((2 * (i % 5) + 3 * ((i / 5) | 0)) % 5);
  return { rotations, order };
}

function roundConstants(): bigint[] {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
}

function permute(a: bigint[]): void {
  for (const constant of ROUND) {
    const c = [0, 1, 2, 3, 4].map((x) => a[x]! ^ a[x + 5]! ^ a[x + 10]! ^ a[x + 15]! ^ a[x + 20]!);
    for (let i = 0; i < 25; i++) a[i] = a[i]! ^ c[(i + 4) % 5]! ^ left(c[(i + 1) % 5]!, 1);
    const b: bigint[] = new Array(25);
    for (let i = 0; i < 25; i++) b[order[i]!] = left(a[i]!, rotations[i]!);
    for (let i = 0; i < 25; i++) {
      const row = 5 * ((i / 5) | 0);
      a[i] = b[i]! ^ (~b[row + ((i + 1) % 5)]! & MASK & b[row + ((i + 2) % 5)]!);
    }
    a[0] = a[0]! ^ constant;
  }
}

/** SHA3-512, FIPS 202. */
export function sha3(bytes: Uint8Array): Uint8Array {
  const size = (Math.floor(bytes.length / RATE) + 1) * RATE;
  const message = new Uint8Array(size);
  message.set(bytes);
  message[bytes.length] = 0x06;
  message[size - 1] = message[size - 1]! | 0x80;
  const view = new DataView(message.buffer);
  const state: bigint[] = new Array(25).fill(0n);
  for (let block = 0; block < size; block += RATE) {
    for (let i = 0; i < RATE / 8; i++) state[i] = state[i]! ^ view.getBigUint64(block + i * 8, true);
    permute(state);
  }
  const result = new DataView(new ArrayBuffer(64));
  for (let i = 0; i < 8; i++) result.setBigUint64(i * 8, state[i]!, true);
  return new Uint8Array(result.buffer);
}
