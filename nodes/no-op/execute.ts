import { implement, toMain } from '../implement.ts';
import { noOp } from './definition.ts';
import { importers } from './import-n8n.ts';

export const noOpNode = implement(noOp, { default: ({ items }) => toMain(items) }, importers);
