/** From where, and on which version. */
export interface RetryHow {
  from: 'start' | 'failed';
  version: 'same' | 'draft';
}

/** What the button itself does. */
export const FROM_FAILURE: RetryHow = { from: 'failed', version: 'same' };

/** What its menu offers besides. */
export const OTHER_WAYS: readonly { label: string; help: string; how: RetryHow }[] = [
  {
    label: 'From where they failed, on the current draft',
    help: 'After you have fixed the workflow.',
    how: { from: 'failed', version: 'draft' },
  },
  {
    label: 'From the start',
    help: 'Everything runs again with the same input.',
    how: { from: 'start', version: 'same' },
  },
  {
    label: 'From the start, on the current draft',
    help: 'As if it came in now.',
    how: { from: 'start', version: 'draft' },
  },
];

/** "from where they failed", "from the start on the current draft": ends a sentence. */
export const wordsFor = ({ from, version }: RetryHow, many: boolean): string =>
  `from ${from === 'start' ? 'the start' : `where ${many ? 'they' : 'it'} failed`}${version === 'draft' ? ' on the current draft' : ''}`;
