import { implement, toMain } from '../implement.ts';
import { errorTrigger } from './definition.ts';
import { importers } from './import-n8n.ts';

export const errorTriggerNode = implement(errorTrigger, { default: ({ items }) => toMain(items) }, importers);
