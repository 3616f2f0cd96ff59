import { invalid, missingParameter } from './failure.ts';
import type { Form, FormValue } from './form.ts';

/** The parameters of a request, read by type. `undefined` means not sent; an empty text means "take it away". */
export class Params {
  readonly #form: Form;
  readonly #path: string;

  constructor(form: Form, path = '') {
    this.#form = form;
    this.#path = path;
  }

  names(): string[] {
    return Object.keys(this.#form);
  }

  has(name: string): boolean {
    return this.#form[name] !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.#form[name];
    if (value === undefined || typeof value === 'string') return value;
    throw invalid(`Invalid string: ${JSON.stringify(value)}`, this.#name(name));
  }

  required(name: string): string {
    const value = this.text(name);
    if (!value) throw missingParameter(this.#name(name));
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    if (!/^-?\d+$/.test(value))
      throw invalid(`Invalid integer: ${value}`, this.#name(name), 'parameter_invalid_integer');
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, this.#name(name));
    return value === 'true';
  }

  choice<const T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined || value === '') return undefined;
    const found = choices.find((choice) => choice === value);
    if (!found) throw invalid(`Invalid ${name}: must be one of ${choices.join(', ')}`, this.#name(name));
    return found;
  }

  inside(name: string): Params | undefined {
    const value = this.#form[name];
    if (value === undefined || value === '') return undefined;
    return new Params(this.#object(value, name), this.#name(name));
  }

  list(name: string): Params[] | undefined {
    const values = this.#values(name);
    return values?.map((value, i) => new Params(this.#object(value, name), `${this.#name(name)}[${i}]`));
  }

  texts(name: string): string[] | undefined {
    return this.#values(name)?.map((value) => {
      if (typeof value === 'string') return value;
      throw invalid(`Invalid array of strings`, this.#name(name));
    });
  }

  /** New metadata: an empty value removes its key, an empty text all of them. */
  metadata(before: Record<string, string> = {}): Record<string, string> {
    const sent = this.#form.metadata;
    if (sent === undefined) return before;
    if (sent === '') return {};
    const changes = Object.entries(this.#object(sent, 'metadata')).map(([key, value]) => [
      key,
      String(value),
    ]);
    const merged: Record<string, string> = { ...before, ...Object.fromEntries(changes) };
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  }

  textMap(name: string): Record<string, string> {
    const value = this.#form[name];
    if (value === undefined || value === '') return {};
    return Object.fromEntries(Object.entries(this.#object(value, name)).map(([k, v]) => [k, String(v)]));
  }

  #values(name: string): FormValue[] | undefined {
    const value = this.#form[name];
    if (value === undefined) return undefined;
    if (value === '') return [];
    if (Array.isArray(value)) return value;
    throw invalid(`Invalid array`, this.#name(name));
  }

  #object(value: FormValue, name: string): Form {
    if (typeof value === 'object' && !Array.isArray(value)) return value;
    throw invalid(`Invalid object`, this.#name(name));
  }

  #name(name: string): string {
    return this.#path ? `${this.#path}[${name}]` : name;
  }
}
