import { templateIssues } from './expression/template.ts';
import { outputsOf } from './graph.ts';
import type { Issue, NodeCatalog, NodeSpec } from './node.ts';
import type { Workflow, WorkflowNode } from './workflow.ts';

/**
 * Everything that is wrong with a workflow, with its place. Errors keep it from being activated; warnings do not.
 * Pure and browser-safe: the editor calls it on every change.
 */
export function validate(workflow: Workflow, catalog: NodeCatalog): Issue[] {
  const specs = new Map<string, NodeSpec>();
  const issues: Issue[] = [];
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const node of workflow.nodes) {
    if (ids.has(node.id))
      issues.push(error('duplicate-id', `Two nodes have the id “${node.id}”.`, { nodeId: node.id }));
    if (names.has(node.name)) {
      issues.push(
        error('duplicate-name', `Two nodes are named “${node.name}”. Give one another name.`, {
          nodeId: node.id,
        }),
      );
    }
    ids.add(node.id);
    names.add(node.name);
    const spec = catalog.find(node.type, node.version);
    if (!spec) {
      issues.push(
        error('unknown-type', `“${node.name}” has the unknown node type ${node.type}@${node.version}.`, {
          nodeId: node.id,
        }),
      );
      continue;
    }
    specs.set(node.id, spec);
    if (!node.disabled) issues.push(...parameterIssues(node, spec));
  }
  issues.push(
    ...edgeIssues(workflow, specs),
    ...cycleIssues(workflow, specs),
    ...shapeIssues(workflow, specs),
  );
  return issues;
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some((i) => i.severity === 'error');

const error = (code: string, message: string, place: Partial<Issue> = {}): Issue => ({
  code,
  severity: 'error',
  message,
  ...place,
});
const warning = (code: string, message: string, place: Partial<Issue> = {}): Issue => ({
  code,
  severity: 'warning',
  message,
  ...place,
});

function parameterIssues(node: WorkflowNode, spec: NodeSpec): Issue[] {
  const place = (issue: Omit<Issue, 'nodeId'>): Issue => ({
    ...issue,
    message: `“${node.name}”: ${issue.message}`,
    nodeId: node.id,
  });
  return [
    ...spec.check(node.parameters).map(place),
    ...credentialIssues(node, spec).map(place),
    ...templateIssues(node.parameters, { literalKeys: spec.literalFields }).map((t) =>
      place({
        code: 'template-syntax',
        severity: 'error',
        field: t.field,
        message: `${t.field}: ${t.message}`,
      }),
    ),
  ];
}

function credentialIssues(node: WorkflowNode, spec: NodeSpec): Omit<Issue, 'nodeId'>[] {
  return (spec.credentials?.(node.parameters) ?? [])
    .filter(
      ({ name, optional }) => !optional && !(Object.hasOwn(node.credentials, name) && node.credentials[name]),
    )
    .map(({ name, label }) => ({
      code: 'missing-credential',
      severity: 'error',
      field: `credentials.${name}`,
      message: `Choose a credential for “${label}”.`,
    }));
}

function edgeIssues(workflow: Workflow, specs: ReadonlyMap<string, NodeSpec>): Issue[] {
  const nodes = new Map(workflow.nodes.map((n) => [n.id, n]));
  const seen = new Set<string>();
  return workflow.edges.flatMap(({ from, to }, edge): Issue[] => {
    const source = nodes.get(from.node);
    const target = nodes.get(to.node);
    if (!source)
      return [error('dangling-edge', `An edge starts at “${from.node}”, which does not exist.`, { edge })];
    if (!target) {
      return [
        error('dangling-edge', `An edge from “${source.name}” leads to “${to.node}”, which does not exist.`, {
          edge,
          nodeId: source.id,
        }),
      ];
    }
    const found: Issue[] = [];
    const sourceSpec = specs.get(source.id);
    const targetSpec = specs.get(target.id);
    if (sourceSpec && !outputsOf(source, sourceSpec).some((p) => p.name === from.port)) {
      found.push(
        error('unknown-port', `“${source.name}” has no output “${from.port}”.`, { edge, nodeId: source.id }),
      );
    }
    if (targetSpec && !targetSpec.ports(target.parameters).inputs.some((p) => p.name === to.port)) {
      found.push(
        error('unknown-port', `“${target.name}” has no input “${to.port}”.`, { edge, nodeId: target.id }),
      );
    }
    const key = JSON.stringify([from, to]);
    if (seen.has(key))
      found.push(
        warning('duplicate-edge', `“${source.name}” and “${target.name}” are connected twice.`, {
          edge,
          nodeId: target.id,
        }),
      );
    seen.add(key);
    return found;
  });
}

/** A cycle is fine only where something in it can end it: a loop node, or a branch that routes out of it. */
function cycleIssues(workflow: Workflow, specs: ReadonlyMap<string, NodeSpec>): Issue[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of workflow.edges) next.set(from.node, [...(next.get(from.node) ?? []), to.node]);
  const names = new Map(workflow.nodes.map((n) => [n.id, n.name]));
  return components(
    workflow.nodes.map((n) => n.id),
    next,
  )
    .filter((group) => group.length > 1 || next.get(group[0]!)?.includes(group[0]!))
    .filter((group) => !group.some((id) => canEnd(id, group, next, specs.get(id))))
    .map((group) => {
      const path = [...group, group[0]!].map((id) => `“${names.get(id) ?? id}”`).join(' → ');
      return error(
        'cycle',
        `These nodes run in a circle that never ends: ${path}. Use a Loop node, or an If that leads out.`,
        { nodeId: group[0]! },
      );
    });
}

function canEnd(
  id: string,
  group: string[],
  next: ReadonlyMap<string, string[]>,
  spec: NodeSpec | undefined,
): boolean {
  if (spec?.cycle === 'loop') return true;
  // a branch with a free output ends the cycle there as well as one that is connected elsewhere
  return (
    spec?.cycle === 'branch' &&
    ((next.get(id) ?? []).some((to) => !group.includes(to)) || (next.get(id) ?? []).length < 2)
  );
}

/** Strongly connected components, Tarjan 1972, without recursion since imported graphs may be long chains. */
function components(ids: string[], next: ReadonlyMap<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  for (const root of ids) {
    if (index.has(root)) continue;
    const work: { id: string; edge: number }[] = [{ id: root, edge: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1]!;
      const { id } = frame;
      if (frame.edge === 0 && !index.has(id)) {
        index.set(id, index.size);
        low.set(id, index.get(id)!);
        stack.push(id);
        onStack.add(id);
      }
      const to = next.get(id)?.[frame.edge++];
      if (to !== undefined) {
        if (!index.has(to)) work.push({ id: to, edge: 0 });
        else if (onStack.has(to)) low.set(id, Math.min(low.get(id)!, index.get(to)!));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(id)!));
      if (low.get(id) !== index.get(id)) continue;
      const group: string[] = [];
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        onStack.delete(member);
        group.unshift(member);
        if (member === id) break;
      }
      found.push(group);
    }
  }
  return found;
}

function shapeIssues(workflow: Workflow, specs: ReadonlyMap<string, NodeSpec>): Issue[] {
  const issues: Issue[] = [];
  const enabled = workflow.nodes.filter((n) => !n.disabled);
  const triggers = enabled.filter((n) => specs.get(n.id)?.isTrigger);
  if (enabled.length > 0 && triggers.length === 0) {
    issues.push(warning('no-trigger', 'Add a trigger, so that something can start this workflow.'));
  }
  const fed = new Set(workflow.edges.map((e) => e.to.node));
  for (const node of enabled) {
    const spec = specs.get(node.id);
    if (!spec || spec.isTrigger || fed.has(node.id) || spec.ports(node.parameters).inputs.length === 0)
      continue;
    issues.push(
      warning('unreachable', `“${node.name}” is not connected to anything before it and will not run.`, {
        nodeId: node.id,
      }),
    );
  }
  if (!isTimezone(workflow.settings.timezone)) {
    issues.push(
      error(
        'timezone',
        `“${workflow.settings.timezone}” is not a time zone. Use an IANA name such as Europe/Berlin.`,
      ),
    );
  }
  return issues;
}

/** Asking Intl costs as much as all the rest of a small workflow's checks. Bounded, for names come from files. */
const timezones = new Map<string, boolean>();

function isTimezone(name: string): boolean {
  let known = timezones.get(name);
  if (known === undefined) {
    known = asksIntl(name);
    if (timezones.size < 1_000) timezones.set(name, known);
  }
  return known;
}

function asksIntl(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false; // RangeError is how Intl says no
  }
}
