import { implement, toMain } from '../implement.ts';
import { webhookTrigger } from './definition.ts';
import { importers } from './import-n8n.ts';

export const webhookTriggerNode = implement(
  webhookTrigger,
  { default: ({ items }) => toMain(items) },
  importers,
);
