import { expect, it } from 'vitest';
import { consequenceSentences } from './consequence-sentences.ts';

const now = new Date(2026, 10, 22).getTime();
const nothing = { workflows: [], members: [], retentionDays: null, stopsUntil: null };

it('says nothing when nothing changes', () => expect(consequenceSentences(nothing, now)).toEqual([]));

it('names a few of those whom it meets, and counts the others', () => {
  const workflows = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ id: name, name }));
  expect(consequenceSentences({ ...nothing, workflows }, now)).toEqual([
    '5 workflows are paused: “A”, “B”, “C” and 2 more. You can choose others instead.',
  ]);
  expect(consequenceSentences({ ...nothing, members: [{ userId: 'u', name: 'Ada' }] }, now)).toEqual([
    'One member can only look at things until there are seats again: “Ada”.',
  ]);
});

it('says what is deleted and when something stops', () => {
  const sentences = consequenceSentences(
    { ...nothing, retentionDays: 7, stopsUntil: new Date(2026, 11, 1) },
    now,
  );
  expect(sentences).toEqual([
    'Executions older than 7 days are deleted for good, the first of them in 30 days. Export them before that.',
    'More of this month is used than that plan has, so nothing starts until December 1.',
  ]);
});
