import { implement, toMain } from '../implement.ts';
import { noOp } from './definition.ts';

export const noOpNode = implement(noOp, { default: ({ items }) => toMain(items) });
