import type { FileRef } from '#engine/item.ts';
import { NODE_ID_MAX, type Workflow, type WorkflowNode } from '#engine/workflow.ts';
import type { N8nNode } from './n8n.ts';
import { isPlain } from './paths.ts';

type Values = Record<string, unknown>;
type PinData = Workflow['pinData'];

/** Ids in file order: theirs where they can stay, else made from the name, the same on every import. */
export function assignIds(nodes: readonly N8nNode[]): string[] {
  const taken = new Set<string>();
  const kept = nodes.map(({ id }) => {
    const usable = typeof id === 'string' && id !== '' && id.length <= NODE_ID_MAX && !taken.has(id);
    if (usable) taken.add(id);
    return usable ? id : undefined;
  });
  return kept.map((id, i) => {
    if (id !== undefined) return id;
    const base = slug(nodes[i]!.name);
    let made = base;
    for (let n = 2; taken.has(made); n++) made = `${base}-${n}`;
    taken.add(made);
    return made;
  });
}

const slug = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, NODE_ID_MAX - 8) || 'node';

/** Everything of a node that does not depend on its type. */
export function baseNode(node: N8nNode, id: string): Omit<WorkflowNode, 'type' | 'version' | 'parameters'> {
  const [x, y] = Array.isArray(node.position) ? node.position : [0, 0];
  return {
    id,
    name: node.name.slice(0, 200),
    position: { x: finite(x), y: finite(y) },
    credentials: {},
    disabled: node.disabled === true,
    notes: typeof node.notes === 'string' ? node.notes.slice(0, 20_000) : '',
    settings: {
      onError: onErrorOf(node),
      timeoutMs: 0,
      executeOnce: node.executeOnce === true,
      alwaysOutput: node.alwaysOutputData === true,
      retry: retryOf(node),
    },
  };
}

const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function onErrorOf(node: N8nNode): WorkflowNode['settings']['onError'] {
  if (node.onError === 'continueErrorOutput') return 'error-port';
  const goesOn =
    node.onError === 'continueRegularOutput' || (node.onError === undefined && node.continueOnFail === true);
  if (!goesOn) return 'stop';
  return TELLING.has(node.type) ? 'continue' : 'pass';
}

/** When these fail as a whole, what goes on tells of the error; all others hand their input on. */
const TELLING: ReadonlySet<string> = new Set(
  ['code', 'executeWorkflow', 'function', 'functionItem'].map((name) => `n8n-nodes-base.${name}`),
);

/** Theirs waits the same time between all tries: 2 to 5 of them, 5 s at most. */
function retryOf(node: N8nNode): WorkflowNode['settings']['retry'] {
  if (node.retryOnFail !== true) return null;
  const delayMs = Math.min(5000, Math.max(0, Math.round(number(node.waitBetweenTries, 1000))));
  return {
    maxAttempts: Math.min(5, Math.max(2, Math.round(number(node.maxTries, 3)))),
    delayMs,
    backoff: 'fixed',
    maxDelayMs: Math.max(delayMs, 1000),
    jitter: false,
  };
}

const number = (value: unknown, fallback: number) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback;

/** An error workflow is known by the id of another system, so it is not taken over. */
export function workflowSettings(settings: Values, orderDefault: Workflow['settings']['order']) {
  const { timezone, executionOrder, executionTimeout } = settings;
  const seconds = number(executionTimeout, 0);
  return {
    timezone: typeof timezone === 'string' && timezone !== '' && timezone !== 'DEFAULT' ? timezone : 'UTC',
    timeoutMs: seconds > 0 ? Math.min(366 * 86_400_000, Math.round(seconds * 1000)) : 0,
    order: executionOrder === 'v1' ? 'sequential' : executionOrder === 'v0' ? 'breadth-first' : orderDefault,
    saveData: saveDataOf(settings),
  };
}

function saveDataOf(settings: Values): Workflow['settings']['saveData'] {
  if (settings.saveDataSuccessExecution !== 'none') return 'all';
  return settings.saveDataErrorExecution === 'none' ? 'none' : 'errors';
}

/** Pinned items by our ids. Copied nodes carry bare objects instead of items. */
export function pinnedItems(pinData: Values, ids: ReadonlyMap<string, string>): PinData {
  const result: PinData = {};
  for (const [name, list] of Object.entries(pinData)) {
    const id = ids.get(name);
    if (id === undefined || !Array.isArray(list)) continue;
    result[id] = list.filter(isPlain).map((item) => {
      if (!isPlain(item.json)) return { json: item };
      const files = isPlain(item.binary) ? filesOf(item.binary) : undefined;
      return { json: item.json, ...(files ? { files } : {}) };
    });
  }
  return result;
}

function filesOf(binary: Values): Record<string, FileRef> | undefined {
  const entries = Object.entries(binary).flatMap(([name, file]): [string, FileRef][] => {
    if (!isPlain(file) || typeof file.data !== 'string') return [];
    const ref: FileRef = {
      mimeType: typeof file.mimeType === 'string' ? file.mimeType : 'application/octet-stream',
      sizeBytes: Math.floor((file.data.replace(/=+$/, '').length * 3) / 4),
      data: file.data,
    };
    if (typeof file.fileName === 'string') ref.name = file.fileName;
    return [[name, ref]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
