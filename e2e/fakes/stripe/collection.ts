import { randomBytes } from 'node:crypto';
import { missing } from './failure.ts';

/** Objects of one kind by id, in the order in which they were made. */
export class Collection<T extends { id: string }> {
  readonly #kind: string;
  readonly #objects = new Map<string, T>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  add(object: T): T {
    this.#objects.set(object.id, object);
    return object;
  }

  find(id: string): T | undefined {
    return this.#objects.get(id);
  }

  /** Answers 404 as Stripe does; a wrong reference in a parameter is a 400 there. */
  get(id: string, param?: string): T {
    const object = this.#objects.get(id);
    if (!object) throw missing(this.#kind, id, param);
    return object;
  }

  delete(id: string): void {
    this.#objects.delete(id);
  }

  all(): T[] {
    return [...this.#objects.values()];
  }

  newestFirst(): T[] {
    return this.all().reverse();
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `cus_NffrFeUfNV2Hib` and the like. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${[...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
