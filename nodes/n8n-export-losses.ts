import type { WorkflowNode } from '#engine/workflow.ts';
import { canonical } from './canonical.ts';
import { operationOf } from './define.ts';
import { findDefinition } from './definitions.ts';
import { defaultOf, type Field, type Fields, isShown } from './fields.ts';
import { isPlain } from './paths.ts';

type Values = Record<string, unknown>;

/**
 * What a node loses on its way to n8n and back, by the labels of its fields: what comes back is read with all defaults,
 * and fields that are not shown do not count. `same` are fields that mean the same although they are written differently.
 */
export function lossesOf(before: WorkflowNode, after: WorkflowNode, same: readonly string[]): string[] {
  const lost = settingsLost(before, after);
  const definition = findDefinition(before.type, before.version);
  const operation = definition && operationOf(definition, before.parameters);
  if (!definition || !operation) return lost;
  if (after.type !== before.type || operationOf(definition, after.parameters) !== operation)
    return [...lost, 'Operation'];
  return [...lost, ...lostIn(operation.fields, before.parameters, after.parameters, same)];
}

/** Parameters with the defaults of the fields that they do not state, also in the rows of lists. */
export function withDefaults(fields: Fields, parameters: Values): Values {
  const result = { ...parameters };
  for (const [name, spec] of Object.entries(fields)) {
    const value = result[name] === undefined ? defaultOf(spec) : result[name];
    result[name] = value;
    if (spec.kind === 'list' && Array.isArray(value))
      result[name] = value.map((row: unknown) => (isPlain(row) ? withDefaults(spec.fields, row) : row));
  }
  return result;
}

function lostIn(fields: Fields, before: Values, after: Values, same: readonly string[]): string[] {
  return Object.entries(fields).flatMap(([name, spec]) => {
    if (same.includes(name) || !isShown(spec, fields, before)) return [];
    const [old, now] = [before[name] ?? defaultOf(spec), after[name] ?? defaultOf(spec)];
    if (spec.kind === 'options' && isPlain(old) && isPlain(now)) return lostIn(spec.fields, old, now, same);
    return canonical(plain(spec, old)) === canonical(plain(spec, now)) ? [] : [spec.label];
  });
}

/** A value without what makes no difference. */
function plain(spec: Field, value: unknown): unknown {
  if (spec.kind === 'list' && Array.isArray(value))
    return value.map((row: unknown) => (isPlain(row) ? shownIn(spec.fields, row) : row));
  if (spec.kind === 'conditions' && isPlain(value))
    return { ...value, ignoreCase: value.ignoreCase === true, loose: value.loose === true };
  return value;
}

const shownIn = (fields: Fields, row: Values): Values =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, spec]) => isShown(spec, fields, row))
      .map(([name, spec]) => [name, plain(spec, row[name] ?? defaultOf(spec))]),
  );

function settingsLost({ settings: old }: WorkflowNode, { settings: now }: WorkflowNode): string[] {
  const lost: string[] = [];
  if (old.timeoutMs !== now.timeoutMs) lost.push('Time limit');
  // Without any item to hand on, both ways of going on are the same in n8n.
  const goesOn = (how: string) => (how === 'pass' ? 'continue' : how);
  if (goesOn(old.onError) !== goesOn(now.onError)) lost.push('What happens on errors');
  if (canonical(old.retry) !== canonical(now.retry)) lost.push('How often and when it tries again');
  return lost;
}
