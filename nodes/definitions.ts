import type { NodeCatalog, NodeSpec } from '#engine/node.ts';
import { aggregate } from './aggregate/definition.ts';
import { approval } from './approval/definition.ts';
import { chatTrigger } from './chat-trigger/definition.ts';
import { code } from './code/definition.ts';
import { compareDatasets } from './compare-datasets/definition.ts';
import { compression } from './compression/definition.ts';
import { convertToFile } from './convert-to-file/definition.ts';
import { crypto } from './crypto/definition.ts';
import { dataTable } from './data-table/definition.ts';
import { dateTime } from './date-time/definition.ts';
import { debugHelper } from './debug-helper/definition.ts';
import { type NodeDefinition, specOf } from './define.ts';
import { editImage } from './edit-image/definition.ts';
import { emailRead } from './email-read/definition.ts';
import { emailSend } from './email-send/definition.ts';
import { emailTrigger } from './email-trigger/definition.ts';
import { errorTrigger } from './error-trigger/definition.ts';
import { executeWorkflow } from './execute-workflow/definition.ts';
import { executionData } from './execution-data/definition.ts';
import { extractFromFile } from './extract-from-file/definition.ts';
import { filter } from './filter/definition.ts';
import { formPage } from './form-page/definition.ts';
import { formTrigger } from './form-trigger/definition.ts';
import { graphql } from './graphql/definition.ts';
import { html } from './html/definition.ts';
import { httpRequest } from './http-request/definition.ts';
import { ifNode } from './if/definition.ts';
import { jwt } from './jwt/definition.ts';
import { limit } from './limit/definition.ts';
import { loop } from './loop/definition.ts';
import { manualTrigger } from './manual-trigger/definition.ts';
import { markdown } from './markdown/definition.ts';
import { merge } from './merge/definition.ts';
import { noOp } from './no-op/definition.ts';
import { placeholder } from './placeholder/definition.ts';
import { placeholderTrigger } from './placeholder-trigger/definition.ts';
import { removeDuplicates } from './remove-duplicates/definition.ts';
import { renameKeys } from './rename-keys/definition.ts';
import { respondToWebhook } from './respond-to-webhook/definition.ts';
import { rssRead } from './rss-read/definition.ts';
import { scheduleTrigger } from './schedule-trigger/definition.ts';
import { set } from './set/definition.ts';
import { sort } from './sort/definition.ts';
import { splitOut } from './split-out/definition.ts';
import { stickyNote } from './sticky-note/definition.ts';
import { stopAndError } from './stop-and-error/definition.ts';
import { subWorkflowTrigger } from './sub-workflow-trigger/definition.ts';
import { summarize } from './summarize/definition.ts';
import { switchNode } from './switch/definition.ts';
import { totp } from './totp/definition.ts';
import { validate } from './validate/definition.ts';
import { vote } from './vote/definition.ts';
import { wait } from './wait/definition.ts';
import { webhookTrigger } from './webhook-trigger/definition.ts';
import { workspaceFiles } from './workspace-files/definition.ts';
import { xml } from './xml/definition.ts';

/** Every node there is, in the order of the palette. Browser-safe. A new node is one line here and one in executors.ts. */
export const definitions: readonly NodeDefinition[] = [
  manualTrigger,
  webhookTrigger,
  formTrigger,
  chatTrigger,
  scheduleTrigger,
  emailTrigger,
  subWorkflowTrigger,
  errorTrigger,
  placeholderTrigger,
  ifNode,
  switchNode,
  filter,
  validate,
  vote,
  dataTable,
  set,
  splitOut,
  aggregate,
  sort,
  limit,
  removeDuplicates,
  renameKeys,
  summarize,
  dateTime,
  merge,
  compareDatasets,
  loop,
  wait,
  approval,
  formPage,
  executeWorkflow,
  respondToWebhook,
  stopAndError,
  noOp,
  debugHelper,
  executionData,
  stickyNote,
  code,
  html,
  xml,
  markdown,
  crypto,
  jwt,
  totp,
  httpRequest,
  graphql,
  rssRead,
  emailSend,
  emailRead,
  convertToFile,
  extractFromFile,
  workspaceFiles,
  compression,
  editImage,
  placeholder,
];

const keyOf = (type: string, version: number) => `${type}@${version}`;
const byKey = new Map(
  definitions.map((definition) => [keyOf(definition.type, definition.version), definition]),
);
const specs = new Map<string, NodeSpec>([...byKey].map(([key, definition]) => [key, specOf(definition)]));

const latest = new Map<string, NodeDefinition>();
for (const definition of definitions) {
  const known = latest.get(definition.type);
  if (!known || known.version < definition.version) latest.set(definition.type, definition);
}

export const findDefinition = (type: string, version: number): NodeDefinition | undefined =>
  byKey.get(keyOf(type, version));

/** The newest version of a type: what the palette adds. */
export const latestDefinition = (type: string): NodeDefinition | undefined => latest.get(type);

/** What the graph, the validator and the browser know of nodes. */
export const nodeCatalog: NodeCatalog = { find: (type, version) => specs.get(keyOf(type, version)) };
