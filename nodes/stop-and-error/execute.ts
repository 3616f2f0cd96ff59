import { NodeError } from '#engine/errors.ts';
import { implement } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { isPlain } from '../paths.ts';
import { stopAndError } from './definition.ts';

export const stopAndErrorNode = implement(stopAndError, {
  default: (context) => {
    const { errorType, message, errorObject } = context.input(0);
    if (errorType === 'message') throw new NodeError('stopped', message, { itemIndex: 0 });
    const value = jsonValue(context, 'errorObject', errorObject, 0);
    throw new NodeError('stopped', messageOf(value), { itemIndex: 0, detail: JSON.stringify(value) });
  },
});

/** The sentence of an error object, wherever such objects usually keep it. */
function messageOf(value: unknown): string {
  if (!isPlain(value)) return typeof value === 'string' && value !== '' ? value : 'Stopped';
  for (const sentence of [value.message, value.description, value.error])
    if (typeof sentence === 'string' && sentence !== '') return sentence;
  return `Error: ${JSON.stringify(value)}`;
}
