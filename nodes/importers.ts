import { importers as aggregate } from './aggregate/import-n8n.ts';
import { importers as chatTrigger } from './chat-trigger/import-n8n.ts';
import { importers as code } from './code/import-n8n.ts';
import { importers as compareDatasets } from './compare-datasets/import-n8n.ts';
import { importers as compression } from './compression/import-n8n.ts';
import { importers as convertToFile } from './convert-to-file/import-n8n.ts';
import { importers as crypto } from './crypto/import-n8n.ts';
import { importers as dataTable } from './data-table/import-n8n.ts';
import { importers as dateTime } from './date-time/import-n8n.ts';
import { importers as debugHelper } from './debug-helper/import-n8n.ts';
import { importers as editImage } from './edit-image/import-n8n.ts';
import { importers as emailSend } from './email-send/import-n8n.ts';
import { importers as emailTrigger } from './email-trigger/import-n8n.ts';
import { importers as errorTrigger } from './error-trigger/import-n8n.ts';
import { importers as executeWorkflow } from './execute-workflow/import-n8n.ts';
import { importers as executionData } from './execution-data/import-n8n.ts';
import { importers as extractFromFile } from './extract-from-file/import-n8n.ts';
import { importers as filter } from './filter/import-n8n.ts';
import { importers as formPage } from './form-page/import-n8n.ts';
import { importers as formTrigger } from './form-trigger/import-n8n.ts';
import { importers as graphql } from './graphql/import-n8n.ts';
import { importers as html } from './html/import-n8n.ts';
import { importers as httpRequest } from './http-request/import-n8n.ts';
import { importers as ifNode } from './if/import-n8n.ts';
import { importers as jwt } from './jwt/import-n8n.ts';
import { importers as limit } from './limit/import-n8n.ts';
import { importers as loop } from './loop/import-n8n.ts';
import { importers as manualTrigger } from './manual-trigger/import-n8n.ts';
import { importers as markdown } from './markdown/import-n8n.ts';
import { importers as merge } from './merge/import-n8n.ts';
import type { N8nImporter } from './n8n.ts';
import { importers as noOp } from './no-op/import-n8n.ts';
import { importers as removeDuplicates } from './remove-duplicates/import-n8n.ts';
import { importers as renameKeys } from './rename-keys/import-n8n.ts';
import { importers as respondToWebhook } from './respond-to-webhook/import-n8n.ts';
import { importers as rssRead } from './rss-read/import-n8n.ts';
import { importers as scheduleTrigger } from './schedule-trigger/import-n8n.ts';
import { importers as set } from './set/import-n8n.ts';
import { importers as sort } from './sort/import-n8n.ts';
import { importers as splitOut } from './split-out/import-n8n.ts';
import { importers as stickyNote } from './sticky-note/import-n8n.ts';
import { importers as stopAndError } from './stop-and-error/import-n8n.ts';
import { importers as subWorkflowTrigger } from './sub-workflow-trigger/import-n8n.ts';
import { importers as summarize } from './summarize/import-n8n.ts';
import { importers as switchNode } from './switch/import-n8n.ts';
import { importers as totp } from './totp/import-n8n.ts';
import { importers as wait } from './wait/import-n8n.ts';
import { importers as webhookTrigger } from './webhook-trigger/import-n8n.ts';
import { importers as workspaceFiles } from './workspace-files/import-n8n.ts';
import { importers as xml } from './xml/import-n8n.ts';

/**
 * Translations from n8n, by the node that they lead to. Apart from what nodes do, since the editor imports in the browser,
 * which must not load the libraries of all nodes. Where two know the same type, the first that can map it does.
 */
export const importers: Readonly<Record<string, readonly N8nImporter[]>> = {
  'manual-trigger': manualTrigger,
  'webhook-trigger': webhookTrigger,
  'form-trigger': formTrigger,
  'chat-trigger': chatTrigger,
  'schedule-trigger': scheduleTrigger,
  'email-trigger': emailTrigger,
  'sub-workflow-trigger': subWorkflowTrigger,
  'error-trigger': errorTrigger,
  if: ifNode,
  switch: switchNode,
  filter,
  'data-table': dataTable,
  set,
  'split-out': splitOut,
  aggregate,
  sort,
  limit,
  'remove-duplicates': removeDuplicates,
  'rename-keys': renameKeys,
  summarize,
  'date-time': dateTime,
  merge,
  'compare-datasets': compareDatasets,
  loop,
  wait,
  'form-page': formPage,
  'execute-workflow': executeWorkflow,
  'respond-to-webhook': respondToWebhook,
  'stop-and-error': stopAndError,
  'no-op': noOp,
  'debug-helper': debugHelper,
  'execution-data': executionData,
  'sticky-note': stickyNote,
  code,
  html,
  xml,
  markdown,
  crypto,
  jwt,
  totp,
  'http-request': httpRequest,
  graphql,
  'rss-read': rssRead,
  'email-send': emailSend,
  'convert-to-file': convertToFile,
  'extract-from-file': extractFromFile,
  'workspace-files': workspaceFiles,
  compression,
  'edit-image': editImage,
};
