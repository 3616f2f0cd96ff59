import { implement, toMain } from '../implement.ts';
import { manualTrigger } from './definition.ts';

export const manualTriggerNode = implement(manualTrigger, { default: ({ items }) => toMain(items) });
