import type { Fields } from '../fields.ts';

/**
 * A kind of credential, as data that the browser may load: its form, where it may be sent, what other products call it.
 * What it does to a request stands in authorize.ts.
 */
export interface CredentialType {
  type: string;
  name: string;
  description: string;
  /** Name of a lucide icon, kebab-case. */
  icon: string;
  /** Words that find it besides its name. */
  search: readonly string[];
  /** Text fields with `secret` are never shown again. None of them is a template. */
  fields: Fields;
  /** How it is used: with HTTP requests, or handed to the node that asked for it. */
  use: 'http' | 'opened';
  /** Somebody has to consent at the provider before it works. */
  connects?: (data: Record<string, unknown>) => boolean;
  /** Its form when it is none of a service: without these an address has to be given to try it. */
  test?: 'address' | 'server' | 'token';
}

export const defineCredential = (type: CredentialType): CredentialType => type;

/** A place of a node for a credential: `node.credentials[name]` holds the chosen one's id. */
export interface CredentialSlot {
  name: string;
  label: string;
  /** Kinds that fit. */
  types: readonly string[];
  /** Works without one too. */
  optional?: boolean;
  /** Asked for only while every named parameter has one of these values. */
  showIf?: Record<string, readonly unknown[]>;
}
