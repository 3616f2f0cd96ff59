import { chosenCredential } from '#engine/credentials.ts';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject, PortItems } from '#engine/item.ts';
import type { MailDoor } from '#engine/mail.ts';
import type {
  CodeRequest,
  ExecuteContext,
  ExecutionMode,
  FileDoor,
  HttpDoor,
  HttpRequest,
  HttpResponse,
  LoopScope,
  NodeResult,
  StaticData,
  TableDoor,
  Woken,
  WorkflowCall,
  WorkflowCallResult,
  WorkspaceFiles,
} from '#engine/node.ts';
import { type NodeSettings, nodeSettingsSchema } from '#engine/workflow.ts';
import { type KnownCredential, memoryCredentials } from './credential-types/memory-door.ts';
import { specOf } from './define.ts';
import type { NodeImplementation } from './implement.ts';

/** A canned HTTP answer: a status with a JSON or text body, or a door that decides by the request. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface NodeTest {
  /** As rendered; a function where they differ by item. */
  parameters?: JsonObject | ((item: Item, itemIndex: number) => JsonObject);
  /** json of the items of the first input, or whole items of every port. */
  items?: JsonObject[];
  inputs?: PortItems;
  settings?: Partial<NodeSettings>;
  http?: (request: HttpRequest) => Answer | Promise<Answer>;
  mail?: Partial<MailDoor>;
  code?: (request: CodeRequest) => unknown;
  /** Text of the files of the workspace by path; what is written comes in here. Globs: `*` at the end only. */
  workspaceFiles?: Record<string, string>;
  tables?: Partial<TableDoor>;
  /** What the workflow remembers; what is written comes in here. */
  staticData?: StaticData;
  /** Static data as code leaves it. */
  keeps?: StaticData;
  workflows?: (call: WorkflowCall) => WorkflowCallResult;
  loop?: LoopScope;
  /** How the run was woken, for nodes that wait for a call. */
  woken?: Woken;
  approvalUrl?: string;
  /** What a template in a field gives; default: the template itself. */
  evaluate?: (template: string, itemIndex: number) => unknown;
  /** Default: manual. */
  mode?: ExecutionMode;
  /** ms since epoch */
  now?: number;
  timezone?: string;
  signal?: AbortSignal;
  /** Credentials in the node's places. */
  credentials?: Record<string, KnownCredential>;
  /** Asked between items; default: never. */
  breathe?: () => Promise<void> | null;
}

/** Runs one node with fakes instead of the outside: no engine, no templates, no network. */
export async function runNode(implementation: NodeImplementation, test: NodeTest): Promise<NodeResult> {
  return implementation.execute(fakeContext(implementation, test));
}

/** json of the items of one port. */
export const jsonOf = (result: NodeResult, port = 'main'): JsonObject[] =>
  (result.outputs[port] ?? []).map((item) => item.json);

export const toItems = (...jsons: JsonObject[]): Item[] => jsons.map((json) => ({ json }));

function fakeContext(implementation: NodeImplementation, test: NodeTest): ExecuteContext {
  const { type, version } = implementation.definition;
  const inputs = test.inputs ?? { main: toItems(...(test.items ?? [{}])) };
  const items = Object.values(inputs)[0] ?? [];
  const parameters = test.parameters ?? {};
  const render = (i: number) =>
    typeof parameters === 'function' ? parameters(items[i] ?? { json: {} }, i) : parameters;
  const http: HttpDoor = {
    request: async (request) => toResponse(request, await required(test.http, 'http')(request)),
  };
  const credentials = memoryCredentials(test.credentials ?? {}, () => 0.5);
  const placed = (slot: string) =>
    chosenCredential(
      { id: 'n1', parameters: render(0), credentials: test.credentials?.[slot] ? { [slot]: slot } : {} },
      specOf(implementation.definition),
      slot,
    );
  return {
    node: { id: 'n1', name: 'Node', type, version, settings: nodeSettingsSchema.parse(test.settings ?? {}) },
    run: 0,
    attempt: 1,
    inputs,
    items,
    parameters: render,
    rawParameters: render(0),
    idempotencyKey: (i) => `execution:n1:0:${i}`,
    loop: test.loop,
    ...test.woken,
    ...(test.approvalUrl === undefined ? {} : { approvalUrl: () => test.approvalUrl! }),
    variables: (i) => ({ $itemIndex: i }),
    evaluate: test.evaluate ?? ((template) => template),
    execution: { id: 'execution', mode: test.mode ?? 'manual' },
    workflow: { id: 'workflow', name: 'Workflow', timezone: test.timezone ?? 'UTC' },
    credential: (slot) => credentials.open(placed(slot)),
    hasCredential: (slot) => Object.hasOwn(test.credentials ?? {}, slot),
    services: {
      http: {
        request: ({ credential, ...request }) =>
          (credential === undefined ? http : credentials.signing(http, placed(credential))).request(request),
      },
      credentials,
      mail: {
        send: (...args) => required(test.mail?.send, 'mail')(...args),
        read: (...args) => required(test.mail?.read, 'mail')(...args),
      },
      files: fakeFiles,
      workspaceFiles: fakeWorkspaceFiles(test.workspaceFiles ?? {}),
      tables: {
        columns: (...args) => required(test.tables?.columns, 'tables')(...args),
        insert: (...args) => required(test.tables?.insert, 'tables')(...args),
        select: (...args) => required(test.tables?.select, 'tables')(...args),
        update: (...args) => required(test.tables?.update, 'tables')(...args),
        delete: (...args) => required(test.tables?.delete, 'tables')(...args),
      },
      staticData: {
        read: async () => test.staticData ?? {},
        write: async (_nodeId, data) => void Object.assign(required(test.staticData, 'static data'), data),
      },
      code: {
        run: async (request) => ({
          value: required(test.code, 'code')(request),
          ...(test.keeps ? { staticData: test.keeps } : {}),
          logs: [],
        }),
      },
      workflows: { call: async (call) => required(test.workflows, 'workflows')(call) },
      now: () => test.now ?? Date.UTC(2026, 0, 2, 3, 4, 5),
      random: () => 0.5,
    },
    signal: test.signal ?? new AbortController().signal,
    breathe: test.breathe ?? (() => null),
    log: () => undefined,
  };
}

/** Items carry the content. */
const fakeFiles: FileDoor = {
  async write(content, { name, mimeType = 'application/octet-stream' }) {
    const bytes = content instanceof Uint8Array ? content : Buffer.concat(await Array.fromAsync(content));
    return {
      ...(name ? { name } : {}),
      mimeType,
      sizeBytes: bytes.length,
      data: Buffer.from(bytes).toString('base64'),
    };
  },
  async *open({ data = '' }) {
    yield Buffer.from(data, 'base64');
  },
  read: async ({ data = '' }) => Buffer.from(data, 'base64'),
};

function fakeWorkspaceFiles(kept: Record<string, string>): WorkspaceFiles {
  const about = (path: string) => ({
    path,
    mimeType: 'text/plain',
    sizeBytes: Buffer.byteLength(kept[path] ?? ''),
    modifiedAt: 0,
  });
  return {
    list: async (pattern) =>
      Object.keys(kept)
        .filter((path) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern))
        .sort()
        .map(about),
    read: async (path) => {
      if (!(path in kept)) throw new NodeError('config', `There is no file “${path}”.`);
      return fakeFiles.write(Buffer.from(kept[path]!), {
        name: path.split('/').at(-1),
        mimeType: 'text/plain',
      });
    },
    write: async (path, content, { append = false } = {}) => {
      const bytes = content instanceof Uint8Array ? content : Buffer.concat(await Array.fromAsync(content));
      kept[path] = (append ? (kept[path] ?? '') : '') + Buffer.from(bytes).toString();
      return about(path);
    },
  };
}

function required<T>(fake: T | undefined, name: string): T {
  if (fake === undefined) throw new NodeError('bug', `This test does not allow ${name}.`);
  return fake;
}

function toResponse(request: HttpRequest, answer: Answer): HttpResponse {
  const { status = 200, body = '' } = answer;
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  return {
    status,
    statusText: status === 200 ? 'OK' : '',
    headers: { 'content-type': type, ...answer.headers },
    body: body instanceof Uint8Array ? body : new TextEncoder().encode(isText ? body : JSON.stringify(body)),
    url: request.url,
  };
}
