import type { Workflow, WorkflowNode } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { findDefinition, latestDefinition } from '#nodes/definitions.ts';
import { AppError, notFound } from '../errors.ts';
import { nextRun } from '../triggers/schedule.ts';
import { addNodes } from '../workflows/graph-edits.ts';
import { SCHEDULE_TYPES } from './queries.ts';
import type { Rule } from './schema.ts';

export interface When {
  cron?: string | undefined;
  rule?: Rule | undefined;
  rules?: readonly Rule[] | undefined;
}

/** The rules that a caller gave in one of three ways; undefined when there are none. Throws BAD_REQUEST for several ways. */
export function rulesIn({ cron, rule, rules }: When): Rule[] | undefined {
  const given = [cron && [{ mode: 'cron' as const, cron }], rule && [rule], rules && [...rules]].filter(
    (one) => one !== undefined && one !== '',
  ) as Rule[][];
  if (given.length > 1) throw new AppError('BAD_REQUEST', 'cron: send one of cron, rule and rules.');
  return given[0];
}

const BELOW = 160;

/** A schedule in front of what the first trigger leads to; of what stands first where there is no trigger. */
export function addSchedule(
  draft: Workflow,
  { name, rules, timezone }: { name?: string | undefined; rules: Rule[]; timezone?: string | undefined },
): { draft: Workflow; node: WorkflowNode } {
  const type = SCHEDULE_TYPES[0]!;
  const triggers = draft.nodes.filter((node) => isTrigger(node) && !node.disabled);
  const [first] = triggers;
  const fed = new Set(draft.edges.map(({ to }) => to.node));
  const start = first ?? draft.nodes.find(({ id }) => !fed.has(id));
  const at = start?.position ?? { x: 0, y: 0 };
  const position = first
    ? { x: at.x, y: Math.max(...triggers.map((one) => one.position.y)) + BELOW }
    : { x: at.x - 2 * BELOW, y: at.y };
  const blank = {
    ...{ id: newId(), type, version: latestDefinition(type)!.version, position, parameters: { rules } },
    ...{ credentials: {}, disabled: false, notes: '' },
    settings: {
      onError: 'stop' as const,
      timeoutMs: 0,
      executeOnce: false,
      alwaysOutput: false,
      retry: null,
    },
  };
  const { draft: grown, nodes } = addNodes(
    withTimezone(draft, undefined, timezone),
    [{ ...blank, ...(name === undefined ? {} : { name }) }],
    () => '',
  );
  const node = nodes[0]!;
  assertDue(grown, rules);
  const edges = leadTo(draft, first).map((to) => ({ from: { node: node.id, port: 'main' }, to }));
  return { draft: { ...grown, edges: [...grown.edges, ...edges] }, node };
}

function leadTo(draft: Workflow, first: WorkflowNode | undefined) {
  if (first) return draft.edges.filter(({ from }) => from.node === first.id).map(({ to }) => to);
  const fed = new Set(draft.edges.map(({ to }) => to.node));
  const entry = draft.nodes.find((node) => !fed.has(node.id) && takesInput(node));
  return entry ? [{ node: entry.id, port: 'main' }] : [];
}

const isTrigger = ({ type, version }: WorkflowNode) => findDefinition(type, version)?.kind === 'trigger';
const takesInput = ({ type, version }: WorkflowNode) =>
  Object.values(findDefinition(type, version)?.operations ?? {}).some(
    ({ inputs }) => typeof inputs === 'function' || inputs.some(({ name }) => name === 'main'),
  );

/** Changes name, rules or time zone. Throws NOT_FOUND when the draft has no such schedule. */
export function changeSchedule(
  draft: Workflow,
  nodeId: string,
  {
    name,
    rules,
    timezone,
  }: { name?: string | undefined; rules?: Rule[] | undefined; timezone?: string | undefined },
): Workflow {
  const node = draft.nodes.find(({ id, type }) => id === nodeId && SCHEDULE_TYPES.includes(type));
  if (!node) throw notFound('schedule');
  if (name !== undefined && draft.nodes.some((one) => one.id !== nodeId && one.name === name))
    throw new AppError('CONFLICT', `name: there is a node named “${name}” already.`);
  const changed: WorkflowNode = {
    ...node,
    ...(name === undefined ? {} : { name }),
    ...(rules ? { parameters: { ...node.parameters, rules } } : {}),
  };
  const after = {
    ...withTimezone(draft, nodeId, timezone),
    nodes: draft.nodes.map((one) => (one.id === nodeId ? changed : one)),
  };
  if (rules) assertDue(after, rules);
  return after;
}

/** Times are in the zone of the workflow; another schedule of it must not move along unnoticed. */
function withTimezone(draft: Workflow, nodeId: string | undefined, timezone: string | undefined): Workflow {
  if (timezone === undefined || timezone === draft.settings.timezone) return draft;
  const other = draft.nodes.find(({ id, type }) => id !== nodeId && SCHEDULE_TYPES.includes(type));
  if (other)
    throw new AppError(
      'BAD_REQUEST',
      `timezone: all times of a workflow are in one zone, and “${other.name}” is in ${draft.settings.timezone}.`,
    );
  return { ...draft, settings: { ...draft.settings, timezone } };
}

/** Throws BAD_REQUEST for rules that are never due: a date that is over, a cron expression that cannot be read. */
function assertDue({ settings: { timezone } }: Workflow, rules: readonly Rule[]): void {
  for (const [index, rule] of rules.entries())
    if (!nextRun({ rules: [rule], timezone }, Date.now()))
      throw new AppError(
        'BAD_REQUEST',
        `rules.${index}: this is never due. Check the expression, the date and the time zone.`,
      );
}
