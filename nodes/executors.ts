import type { ExecutorCatalog } from '#engine/node.ts';
import { aggregateNode } from './aggregate/execute.ts';
import { approvalNode } from './approval/execute.ts';
import { codeNode } from './code/execute.ts';
import { nodeCatalog } from './definitions.ts';
import { errorTriggerNode } from './error-trigger/execute.ts';
import { executeWorkflowNode } from './execute-workflow/execute.ts';
import { filterNode } from './filter/execute.ts';
import { httpRequestNode } from './http-request/execute.ts';
import { ifNode } from './if/execute.ts';
import type { NodeImplementation } from './implement.ts';
import { loopNode } from './loop/execute.ts';
import { manualTriggerNode } from './manual-trigger/execute.ts';
import { mergeNode } from './merge/execute.ts';
import { noOpNode } from './no-op/execute.ts';
import { placeholderNode } from './placeholder/execute.ts';
import { placeholderTriggerNode } from './placeholder-trigger/execute.ts';
import { respondToWebhookNode } from './respond-to-webhook/execute.ts';
import { scheduleTriggerNode } from './schedule-trigger/execute.ts';
import { setNode } from './set/execute.ts';
import { splitOutNode } from './split-out/execute.ts';
import { stickyNoteNode } from './sticky-note/execute.ts';
import { stopAndErrorNode } from './stop-and-error/execute.ts';
import { subWorkflowTriggerNode } from './sub-workflow-trigger/execute.ts';
import { switchNode } from './switch/execute.ts';
import { voteNode } from './vote/execute.ts';
import { waitNode } from './wait/execute.ts';
import { webhookTriggerNode } from './webhook-trigger/execute.ts';

/** What every node does: server only. A new node is one line here and one in definitions.ts. */
export const implementations: readonly NodeImplementation[] = [
  manualTriggerNode,
  webhookTriggerNode,
  scheduleTriggerNode,
  subWorkflowTriggerNode,
  errorTriggerNode,
  placeholderTriggerNode,
  ifNode,
  switchNode,
  filterNode,
  voteNode,
  setNode,
  splitOutNode,
  aggregateNode,
  mergeNode,
  loopNode,
  waitNode,
  approvalNode,
  executeWorkflowNode,
  respondToWebhookNode,
  stopAndErrorNode,
  noOpNode,
  stickyNoteNode,
  codeNode,
  httpRequestNode,
  placeholderNode,
];

const byKey = new Map(
  implementations.map((node) => [`${node.definition.type}@${node.definition.version}`, node]),
);

/** What the engine runs nodes by. */
export const executorCatalog: ExecutorCatalog = {
  find: nodeCatalog.find,
  executor: (type, version) => byKey.get(`${type}@${version}`),
};
