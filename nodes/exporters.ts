import { exporter as aggregate } from './aggregate/export-n8n.ts';
import { exporter as approval } from './approval/export-n8n.ts';
import { exporter as chatTrigger } from './chat-trigger/export-n8n.ts';
import { exporter as code } from './code/export-n8n.ts';
import { exporter as compareDatasets } from './compare-datasets/export-n8n.ts';
import { exporter as compression } from './compression/export-n8n.ts';
import { exporter as convertToFile } from './convert-to-file/export-n8n.ts';
import { exporter as crypto } from './crypto/export-n8n.ts';
import { exporter as dataTable } from './data-table/export-n8n.ts';
import { exporter as dateTime } from './date-time/export-n8n.ts';
import { exporter as debugHelper } from './debug-helper/export-n8n.ts';
import { exporter as editImage } from './edit-image/export-n8n.ts';
import { exporter as emailRead } from './email-read/export-n8n.ts';
import { exporter as emailSend } from './email-send/export-n8n.ts';
import { exporter as emailTrigger } from './email-trigger/export-n8n.ts';
import { exporter as errorTrigger } from './error-trigger/export-n8n.ts';
import { exporter as executeWorkflow } from './execute-workflow/export-n8n.ts';
import { exporter as executionData } from './execution-data/export-n8n.ts';
import { exporter as extractFromFile } from './extract-from-file/export-n8n.ts';
import { exporter as filter } from './filter/export-n8n.ts';
import { exporter as formPage } from './form-page/export-n8n.ts';
import { exporter as formTrigger } from './form-trigger/export-n8n.ts';
import { exporter as graphql } from './graphql/export-n8n.ts';
import { exporter as html } from './html/export-n8n.ts';
import { exporter as httpRequest } from './http-request/export-n8n.ts';
import { exporter as ifNode } from './if/export-n8n.ts';
import { exporter as jwt } from './jwt/export-n8n.ts';
import { exporter as limit } from './limit/export-n8n.ts';
import { exporter as loop } from './loop/export-n8n.ts';
import { exporter as manualTrigger } from './manual-trigger/export-n8n.ts';
import { exporter as markdown } from './markdown/export-n8n.ts';
import { exporter as merge } from './merge/export-n8n.ts';
import type { N8nExporter } from './n8n-exporter.ts';
import { exporter as noOp } from './no-op/export-n8n.ts';
import { exporter as removeDuplicates } from './remove-duplicates/export-n8n.ts';
import { exporter as renameKeys } from './rename-keys/export-n8n.ts';
import { exporter as respondToWebhook } from './respond-to-webhook/export-n8n.ts';
import { exporter as rssRead } from './rss-read/export-n8n.ts';
import { exporter as scheduleTrigger } from './schedule-trigger/export-n8n.ts';
import { exporter as set } from './set/export-n8n.ts';
import { exporter as sort } from './sort/export-n8n.ts';
import { exporter as splitOut } from './split-out/export-n8n.ts';
import { exporter as stickyNote } from './sticky-note/export-n8n.ts';
import { exporter as stopAndError } from './stop-and-error/export-n8n.ts';
import { exporter as subWorkflowTrigger } from './sub-workflow-trigger/export-n8n.ts';
import { exporter as summarize } from './summarize/export-n8n.ts';
import { exporter as switchNode } from './switch/export-n8n.ts';
import { exporter as totp } from './totp/export-n8n.ts';
import { exporter as validate } from './validate/export-n8n.ts';
import { exporter as vote } from './vote/export-n8n.ts';
import { exporter as wait } from './wait/export-n8n.ts';
import { exporter as webhookTrigger } from './webhook-trigger/export-n8n.ts';
import { exporter as workspaceFiles } from './workspace-files/export-n8n.ts';
import { exporter as xml } from './xml/export-n8n.ts';

/** Translations to n8n, by our node. Like importers.ts apart from what nodes do, and fit for browsers. */
export const exporters: Readonly<Record<string, N8nExporter>> = {
  'manual-trigger': manualTrigger,
  'webhook-trigger': webhookTrigger,
  'chat-trigger': chatTrigger,
  'form-trigger': formTrigger,
  'schedule-trigger': scheduleTrigger,
  'sub-workflow-trigger': subWorkflowTrigger,
  'error-trigger': errorTrigger,
  if: ifNode,
  switch: switchNode,
  filter: filter,
  'data-table': dataTable,
  set: set,
  'split-out': splitOut,
  aggregate: aggregate,
  sort: sort,
  limit: limit,
  'remove-duplicates': removeDuplicates,
  'rename-keys': renameKeys,
  summarize: summarize,
  'date-time': dateTime,
  merge: merge,
  'compare-datasets': compareDatasets,
  loop: loop,
  wait: wait,
  'form-page': formPage,
  'execute-workflow': executeWorkflow,
  'respond-to-webhook': respondToWebhook,
  'stop-and-error': stopAndError,
  'no-op': noOp,
  'debug-helper': debugHelper,
  'execution-data': executionData,
  'sticky-note': stickyNote,
  code: code,
  html: html,
  xml: xml,
  markdown: markdown,
  crypto: crypto,
  jwt: jwt,
  totp: totp,
  'http-request': httpRequest,
  graphql: graphql,
  'rss-read': rssRead,
  approval,
  vote,
  validate,
  'email-read': emailRead,
  'email-send': emailSend,
  'email-trigger': emailTrigger,
  'convert-to-file': convertToFile,
  'extract-from-file': extractFromFile,
  'workspace-files': workspaceFiles,
  compression: compression,
  'edit-image': editImage,
};
