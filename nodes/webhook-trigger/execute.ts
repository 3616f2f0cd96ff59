import { implement, toMain } from '../implement.ts';
import { webhookTrigger } from './definition.ts';

export const webhookTriggerNode = implement(webhookTrigger, { default: ({ items }) => toMain(items) });
