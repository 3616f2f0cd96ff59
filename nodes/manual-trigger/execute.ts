import { implement, toMain } from '../implement.ts';
import { manualTrigger } from './definition.ts';
import { importers } from './import-n8n.ts';

export const manualTriggerNode = implement(
  manualTrigger,
  { default: ({ items }) => toMain(items) },
  importers,
);
