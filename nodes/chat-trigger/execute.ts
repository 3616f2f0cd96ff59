import { implement, toMain } from '../implement.ts';
import { chatTrigger } from './definition.ts';

export const chatTriggerNode = implement(chatTrigger, { default: ({ items }) => toMain(items) });
