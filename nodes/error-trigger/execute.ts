import { implement, toMain } from '../implement.ts';
import { errorTrigger } from './definition.ts';

export const errorTriggerNode = implement(errorTrigger, { default: ({ items }) => toMain(items) });
