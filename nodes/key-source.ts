import type { ExecuteContext } from '#engine/node.ts';
import type { CredentialSlot } from './credential-types/define.ts';
import { field } from './fields.ts';
import { openOnce } from './open-once.ts';

/** Where a node that works with a key has it from: a field and a place for a credential that go together. */
export const keyFrom = field.select({
  label: 'Key',
  options: [
    { value: 'credential', label: 'From a credential' },
    {
      value: 'field',
      label: 'From a field',
      help: 'For keys that come with the items. What is written out there can be read by everybody who may see the workflow.',
    },
  ],
  default: 'credential',
  template: false,
});

export const FROM_FIELD = { keyFrom: ['field'] };

export const keySlot = (type: string, label: string): CredentialSlot => ({
  name: 'key',
  label,
  types: [type],
  showIf: { keyFrom: ['credential'] },
});

/** What the node's credential holds, opened once for all items; `undefined` where the key stands in a field. */
export function keyOpener(
  context: Pick<ExecuteContext, 'credential'>,
): (input: { keyFrom: 'credential' | 'field' }) => ReturnType<ReturnType<typeof openOnce>> | undefined {
  const open = openOnce(context, 'key');
  return ({ keyFrom: source }) => (source === 'field' ? undefined : open());
}

/** Opening a credential is no longer pure: after a crash there may be another key in it. */
export const opensKey = ({ keyFrom: source }: Record<string, unknown>): boolean => source !== 'field';

/** A text of what a credential holds. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
