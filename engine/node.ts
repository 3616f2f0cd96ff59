import type { CredentialDoor, OpenedCredential } from './credentials.ts';
import type { FormPage, LogLine, Question, WebhookResponse } from './events.ts';
import type { FileView } from './file-view.ts';
import type { FileRef, Item, JsonObject, PortItems } from './item.ts';
import type { MailDoor } from './mail.ts';
import type { NodeSettings, Workflow } from './workflow.ts';

/** pure: no IO, may be recomputed · read: IO that is safe to repeat · write: changes something outside. */
export type Effect = 'pure' | 'read' | 'write';

export interface Port {
  name: string;
  /** Shown beside the handle; empty for a single port. */
  label?: string;
}

/** One thing wrong with a workflow, with its place. `validate()` returns these, it never throws. */
export interface Issue {
  code: string;
  severity: 'error' | 'warning';
  message: string;
  nodeId?: string;
  /** Path inside the node's parameters: `conditions.0.left`. */
  field?: string;
  edge?: number;
}

/** What the graph and the validator need to know of a node type; browser-safe. */
export interface NodeSpec {
  type: string;
  version: number;
  isTrigger: boolean;
  /** loop: output `loop` feeds the body that comes back · branch: may end a cycle by routing out of it */
  cycle: 'none' | 'loop' | 'branch';
  ports(parameters: Record<string, unknown>): { inputs: Port[]; outputs: Port[] };
  effect(parameters: Record<string, unknown>): Effect;
  /** A join waits for all its inputs; `required` are the inputs without which it never runs. */
  requiredInputs?(parameters: Record<string, unknown>): string[];
  /** All items are one piece of work: when it fails and the execution goes on, one item tells of it, not every item. */
  takesTogether?(parameters: Record<string, unknown>): boolean;
  /** Checks draft parameters (templates allowed) against the fields. */
  check(parameters: Record<string, unknown>): Omit<Issue, 'nodeId'>[];
  /** Fields whose text is never a template (code). */
  literalFields: ReadonlySet<string>;
  /** Places for credentials that these parameters ask for. */
  credentials?(parameters: Record<string, unknown>): readonly CredentialPlace[];
}

/** A place of a node for a credential: `node.credentials[name]` is the chosen one's id. */
export interface CredentialPlace {
  name: string;
  label: string;
  /** Kinds that fit. */
  types: readonly string[];
  /** Works without one too. */
  optional?: boolean;
}

export interface NodeCatalog {
  find(type: string, version: number): NodeSpec | undefined;
}

/** The only doors out of a node. Implementations live in the worker and the command line. */
export interface NodeServices {
  http: HttpDoor;
  credentials: CredentialDoor;
  mail: MailDoor;
  files: FileDoor;
  workspaceFiles: WorkspaceFiles;
  tables: TableDoor;
  staticData: StaticDataDoor;
  code: CodeRunner;
  workflows: WorkflowCaller;
  /** ms since epoch. */
  now(): number;
  /** 0 ≤ x < 1 */
  random(): number;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  query?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  timeoutMs?: number;
  maxBytes?: number;
  followRedirects?: boolean;
  /** `http://user:password@host:port`, or https: the call goes through a tunnel that this proxy opens. Secret. */
  proxy?: string;
  signal?: AbortSignal;
  /** The node's place for the credential that proves who calls. */
  credential?: string;
  /** Put in by the door that signs: who calls, and whom to believe, in connections to this origin. Texts in PEM. */
  clientCertificate?: { origin: string } & Record<'certificate' | 'privateKey' | 'passphrase' | 'ca', string>;
  /** Its id, put in by the door: failures of a host are counted per credential. */
  credentialId?: string;
}
export interface HttpResponse {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: Uint8Array;
  url: string;
}
export interface HttpDoor {
  /** Throws NodeError (upstream, timeout, limit, config) when there is no answer; any answered status is returned. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export interface NewFile {
  /** With its extension. */
  name?: string;
  /** Default: what the name's extension says. */
  mimeType?: string;
  signal?: AbortSignal;
}
/** Contents of files, which stay outside of items. */
export interface FileDoor {
  /** Keeps the content for as long as the execution; the answer goes into `item.files`. Throws NodeError (limit, upstream). */
  write(content: Uint8Array | AsyncIterable<Uint8Array>, about: NewFile): Promise<FileRef>;
  /** The content in pieces. Throws NodeError: config for a file that is none of this workspace, upstream when it is gone. */
  open(file: FileRef): AsyncIterable<Uint8Array>;
  /** All of it, for formats that cannot be read in pieces. Throws NodeError(limit) for more than `maxBytes`, default 64 MB. */
  read(file: FileRef, maxBytes?: number): Promise<Uint8Array>;
}

export interface WorkspaceFile {
  path: string;
  mimeType: string;
  sizeBytes: number;
  /** ms since epoch */
  modifiedAt: number;
}
/** Files by path that stay when executions go: those of the workspace, or of the machine for the command line. Throws NodeError. */
export interface WorkspaceFiles {
  /** What a glob (`reports/*.csv`, `**` for any folders) or a path matches, by path; 1,000 at most. */
  list(pattern: string): Promise<WorkspaceFile[]>;
  /** A copy that belongs to this execution. NodeError(config) when there is no such file. */
  read(path: string): Promise<FileRef>;
  /** Replaces what is there, or with `append` adds to it. */
  write(
    path: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    options?: { mimeType?: string; append?: boolean; signal?: AbortSignal },
  ): Promise<WorkspaceFile>;
}

export type TableOperator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'like'
  | 'ilike'
  | 'isEmpty'
  | 'isNotEmpty'
  | 'isTrue'
  | 'isFalse';
export interface TableFilter {
  match: 'all' | 'any';
  conditions: { column: string; operator: TableOperator; value?: unknown }[];
}
/** The table's own columns beside these; dates are ISO text. */
export interface TableRow {
  id: number;
  createdAt: string;
  updatedAt: string;
  [column: string]: unknown;
}
/** The typed tables of the workspace, each by id or name. Throws NodeError(config) that names table or column. */
export interface TableDoor {
  columns(table: string): Promise<{ name: string; type: 'string' | 'number' | 'boolean' | 'date' }[]>;
  /** All or none. The same `key` adds its row once, so that a write may be repeated. */
  insert(table: string, rows: { values: Record<string, unknown>; key: string }[]): Promise<TableRow[]>;
  /** By id unless `orderBy` says otherwise. */
  select(
    table: string,
    filter: TableFilter,
    order: { limit: number; orderBy?: string; descending?: boolean },
  ): Promise<TableRow[]>;
  /** The rows as they are now. */
  update(table: string, filter: TableFilter, values: Record<string, unknown>): Promise<TableRow[]>;
  /** The rows that are gone. */
  delete(table: string, filter: TableFilter): Promise<TableRow[]>;
}

/** What a workflow remembers from one execution to the next: of all its nodes, and of one node. */
export interface StaticData {
  global?: JsonObject;
  node?: JsonObject;
}
export interface StaticDataDoor {
  read(nodeId: string): Promise<StaticData>;
  /** Replaces what is given; the last one to write wins. */
  write(nodeId: string, data: StaticData): Promise<void>;
}

/** An item as code sees it: files by reference, with what is known of them. */
export interface CodeItem extends Omit<Item, 'files'> {
  files?: Record<string, FileView>;
}

export interface CodeRequest {
  language: 'javascript' | 'python';
  source: string;
  mode: 'all-items' | 'each-item';
  items: CodeItem[];
  /** Names visible to the code besides items: `$now`, `$workflow`, `$execution`, node outputs … (JSON only). */
  context: Record<string, unknown>;
  timeoutMs: number;
  memoryMb: number;
  signal?: AbortSignal;
}
export interface CodeResult {
  /** What the code returned, as JSON. */
  value: unknown;
  /** The static data that the code asked for, as it left it. */
  staticData?: StaticData;
  logs: LogLine[];
}
export interface CodeRunner {
  /** Throws NodeError: config (the code threw or does not parse, with line), limit (memory), timeout. */
  run(request: CodeRequest): Promise<CodeResult>;
}

export interface WorkflowCall {
  workflowId?: string;
  /** An inline workflow instead of a stored one. */
  workflow?: Workflow;
  items: Item[];
  /** Same key, same child: calling again after a restart finds the child that is already there. */
  key: string;
  waitForEnd: boolean;
}
export type WorkflowCallResult =
  | { status: 'completed'; items: Item[] }
  | { status: 'pending'; executionId: string }
  | { status: 'started'; executionId: string };
export interface WorkflowCaller {
  call(request: WorkflowCall): Promise<WorkflowCallResult>;
}

/** What a node sees of the run it is part of. */
export interface ExecuteContext {
  node: { id: string; name: string; type: string; version: number; settings: NodeSettings };
  run: number;
  attempt: number;
  inputs: PortItems;
  /** Items of the first input. */
  items: Item[];
  /** Parameters rendered for one item of the first input. Throws NodeError(config) that names the field. */
  parameters(itemIndex: number): Record<string, unknown>;
  /** The credential in one of the node's places, in clear: for what `services.http` cannot do. Throws NodeError(auth, config). */
  credential(slot: string): Promise<OpenedCredential>;
  /** Is there one in this place? */
  hasCredential(slot: string): boolean;
  /** Parameters as written in the workflow. */
  rawParameters: Record<string, unknown>;
  /** `execution:node:run:item`; the same after a crash. */
  idempotencyKey(itemIndex: number): string;
  /** Present for a node with `cycle: loop`. */
  loop?: LoopScope;
  /** Variables that user code may see (JSON only): `$execution`, `$workflow`, outputs of the nodes that ran. */
  variables(itemIndex: number): Record<string, unknown>;
  /** What somebody handed to this run, which waited for a call. */
  call?: RunCall;
  /** This run waited for a call, and none came in time. */
  expired?: true;
  /** Where a person decides about this run; absent where there is no page to decide on. */
  approvalUrl?(): string;
  /** Evaluates one template against an item, with further names: for nodes whose data is itself an expression. */
  evaluate(template: string, itemIndex: number, names?: JsonObject): unknown;
  execution: { id: string; mode: ExecutionMode; resumeUrl?: string };
  workflow: { id: string; name: string; timezone: string };
  services: NodeServices;
  signal: AbortSignal;
  /**
   * Asked between the items of long work: null, or what to await before going on, since nobody else has the thread
   * meanwhile. The await rejects when the run is stopped.
   */
  breathe(): Promise<void> | null;
  log(level: LogLine['level'], message: string): void;
}

/** How far one pass through a loop is. A scope begins when items come from outside the loop's body. */
export interface LoopScope {
  /** Items that entered from outside. */
  entered: Item[];
  /** 0 for the run that entered. */
  iteration: number;
  /** Everything that came back from the body in this scope, in order. */
  returned(): Item[] | Promise<Item[]>;
}

export type ExecutionMode =
  | 'manual'
  | 'webhook'
  | 'schedule'
  | 'email'
  | 'api'
  | 'sub-workflow'
  | 'error'
  | 'retry';

export interface NodeResult {
  outputs: PortItems;
  response?: WebhookResponse;
  /** Sleep: see the event `node.waiting`. A run that waits for a call is executed again with `call` or `expired`. */
  wait?: {
    until: number | null;
    call?: true;
    question?: Question;
    form?: FormPage;
    executions?: string[];
    completeWithOutputs: boolean;
  };
}

/** What a caller or a person handed to a node run that waited for it; JSON. `at` is ms since epoch. */
export interface RunCall {
  data: unknown;
  at: number;
}

/** Why a run that slept is executed again; neither: its time has come. */
export interface Woken {
  call?: RunCall;
  expired?: true;
}

export interface NodeExecutor {
  execute(context: ExecuteContext): Promise<NodeResult>;
}

export interface ExecutorCatalog extends NodeCatalog {
  executor(type: string, version: number): NodeExecutor | undefined;
}
