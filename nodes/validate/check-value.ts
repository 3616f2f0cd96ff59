import { DateTime } from 'luxon';
import type { InputOf } from '../fields.ts';
import { isPlain, nameList } from '../paths.ts';
import type { Pattern } from '../pattern.ts';
import type { validate } from './definition.ts';

export type Rule = InputOf<(typeof validate)['operations']['default']['fields']>['rules'][number];

export interface Finding {
  /** Which part of the rule is broken. */
  rule: 'required' | 'type' | 'min' | 'max' | 'minLength' | 'maxLength' | 'pattern' | 'oneOf' | 'unknown';
  message: string;
}

const TYPES: Record<Rule['type'], { words: string; fits: (value: unknown) => boolean }> = {
  any: { words: 'anything', fits: () => true },
  text: { words: 'text', fits: (value) => typeof value === 'string' },
  number: { words: 'a number', fits: (value) => typeof value === 'number' && Number.isFinite(value) },
  integer: { words: 'a whole number', fits: (value) => Number.isInteger(value) },
  boolean: { words: 'yes or no (true or false)', fits: (value) => typeof value === 'boolean' },
  list: { words: 'a list', fits: Array.isArray },
  object: { words: 'an object', fits: isPlain },
  date: { words: 'a date', fits: (value) => typeof value === 'string' && DateTime.fromISO(value).isValid },
  email: { words: 'an e-mail address', fits: isEmail },
  url: { words: 'a web address', fits: isUrl },
};

export const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What is wrong with a value; an empty one keeps every rule but “required”. */
export function checkValue(value: unknown, rule: Rule, pattern: Pattern | undefined): Finding[] {
  if (isBlank(value)) return rule.required ? [finding(rule, 'required', 'must be filled in')] : [];
  const type = TYPES[rule.type];
  if (!type.fits(value)) return [finding(rule, 'type', `must be ${type.words}`)];
  return [...range(value, rule), ...lengths(value, rule), ...texts(value, rule, pattern)];
}

function range(value: unknown, rule: Rule): Finding[] {
  if (typeof value !== 'number') return [];
  const findings: Finding[] = [];
  if (rule.min !== undefined && value < rule.min)
    findings.push(finding(rule, 'min', `must be at least ${rule.min}`));
  if (rule.max !== undefined && value > rule.max)
    findings.push(finding(rule, 'max', `must be at most ${rule.max}`));
  return findings;
}

function lengths(value: unknown, rule: Rule): Finding[] {
  const isText = typeof value === 'string';
  if (!isText && !Array.isArray(value)) return [];
  const length = isText ? [...value].length : value.length;
  const what = isText ? 'characters' : 'elements';
  const findings: Finding[] = [];
  if (rule.minLength !== undefined && length < rule.minLength)
    findings.push(finding(rule, 'minLength', `must have at least ${rule.minLength} ${what}`));
  if (rule.maxLength !== undefined && length > rule.maxLength)
    findings.push(finding(rule, 'maxLength', `must have at most ${rule.maxLength} ${what}`));
  return findings;
}

function texts(value: unknown, rule: Rule, pattern: Pattern | undefined): Finding[] {
  if (typeof value === 'object') return [];
  const findings: Finding[] = [];
  if (pattern && !pattern.test(String(value)))
    findings.push(finding(rule, 'pattern', `must match ${rule.pattern}`));
  const choices = nameList(rule.oneOf);
  if (choices.length > 0 && !choices.includes(String(value)))
    findings.push(finding(rule, 'oneOf', `must be one of ${choices.join(', ')}`));
  return findings;
}

const finding = (rule: Rule, name: Finding['rule'], words: string): Finding => ({
  rule: name,
  message: rule.message || `${rule.field} ${words}.`,
});

/** One @, a host with a dot, and nothing that mail would stumble over. */
function isEmail(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 254) return false;
  const at = value.lastIndexOf('@');
  const [name, host] = [value.slice(0, at), value.slice(at + 1)];
  return (
    at > 0 &&
    name.length <= 64 &&
    !/[\s@"<>(),;:]|\.\.|^\.|\.$/.test(name) &&
    isHost(host) &&
    host.includes('.')
  );
}

const isHost = (host: string) =>
  host.length <= 253 &&
  host.split('.').every((part) => /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(part));

function isUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return /^https?:$/.test(new URL(value).protocol);
}
