import type { ExecutorCatalog } from '#engine/node.ts';
import { aggregateNode } from './aggregate/execute.ts';
import { approvalNode } from './approval/execute.ts';
import { chatTriggerNode } from './chat-trigger/execute.ts';
import { codeNode } from './code/execute.ts';
import { compareDatasetsNode } from './compare-datasets/execute.ts';
import { compressionNode } from './compression/execute.ts';
import { convertToFileNode } from './convert-to-file/execute.ts';
import { cryptoNode } from './crypto/execute.ts';
import { dataTableNode } from './data-table/execute.ts';
import { dateTimeNode } from './date-time/execute.ts';
import { debugHelperNode } from './debug-helper/execute.ts';
import { nodeCatalog } from './definitions.ts';
import { editImageNode } from './edit-image/execute.ts';
import { emailReadNode } from './email-read/execute.ts';
import { emailSendNode } from './email-send/execute.ts';
import { emailTriggerNode } from './email-trigger/execute.ts';
import { errorTriggerNode } from './error-trigger/execute.ts';
import { executeWorkflowNode } from './execute-workflow/execute.ts';
import { executionDataNode } from './execution-data/execute.ts';
import { extractFromFileNode } from './extract-from-file/execute.ts';
import { filterNode } from './filter/execute.ts';
import { formPageNode } from './form-page/execute.ts';
import { formTriggerNode } from './form-trigger/execute.ts';
import { graphqlNode } from './graphql/execute.ts';
import { htmlNode } from './html/execute.ts';
import { httpRequestNode } from './http-request/execute.ts';
import { ifNode } from './if/execute.ts';
import type { NodeImplementation } from './implement.ts';
import { jwtNode } from './jwt/execute.ts';
import { limitNode } from './limit/execute.ts';
import { loopNode } from './loop/execute.ts';
import { manualTriggerNode } from './manual-trigger/execute.ts';
import { markdownNode } from './markdown/execute.ts';
import { mergeNode } from './merge/execute.ts';
import { noOpNode } from './no-op/execute.ts';
import { placeholderNode } from './placeholder/execute.ts';
import { placeholderTriggerNode } from './placeholder-trigger/execute.ts';
import { removeDuplicatesNode } from './remove-duplicates/execute.ts';
import { renameKeysNode } from './rename-keys/execute.ts';
import { respondToWebhookNode } from './respond-to-webhook/execute.ts';
import { rssReadNode } from './rss-read/execute.ts';
import { scheduleTriggerNode } from './schedule-trigger/execute.ts';
import { setNode } from './set/execute.ts';
import { sortNode } from './sort/execute.ts';
import { splitOutNode } from './split-out/execute.ts';
import { stickyNoteNode } from './sticky-note/execute.ts';
import { stopAndErrorNode } from './stop-and-error/execute.ts';
import { subWorkflowTriggerNode } from './sub-workflow-trigger/execute.ts';
import { summarizeNode } from './summarize/execute.ts';
import { switchNode } from './switch/execute.ts';
import { totpNode } from './totp/execute.ts';
import { validateNode } from './validate/execute.ts';
import { voteNode } from './vote/execute.ts';
import { waitNode } from './wait/execute.ts';
import { webhookTriggerNode } from './webhook-trigger/execute.ts';
import { workspaceFilesNode } from './workspace-files/execute.ts';
import { xmlNode } from './xml/execute.ts';

/** What every node does: server only. A new node is one line here and one in definitions.ts. */
export const implementations: readonly NodeImplementation[] = [
  manualTriggerNode,
  webhookTriggerNode,
  formTriggerNode,
  chatTriggerNode,
  scheduleTriggerNode,
  emailTriggerNode,
  subWorkflowTriggerNode,
  errorTriggerNode,
  placeholderTriggerNode,
  ifNode,
  switchNode,
  filterNode,
  validateNode,
  voteNode,
  dataTableNode,
  setNode,
  splitOutNode,
  aggregateNode,
  sortNode,
  limitNode,
  removeDuplicatesNode,
  renameKeysNode,
  summarizeNode,
  dateTimeNode,
  mergeNode,
  compareDatasetsNode,
  loopNode,
  waitNode,
  approvalNode,
  formPageNode,
  executeWorkflowNode,
  respondToWebhookNode,
  stopAndErrorNode,
  noOpNode,
  debugHelperNode,
  executionDataNode,
  stickyNoteNode,
  codeNode,
  htmlNode,
  xmlNode,
  markdownNode,
  cryptoNode,
  jwtNode,
  totpNode,
  httpRequestNode,
  graphqlNode,
  rssReadNode,
  emailSendNode,
  emailReadNode,
  convertToFileNode,
  extractFromFileNode,
  workspaceFilesNode,
  compressionNode,
  editImageNode,
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
