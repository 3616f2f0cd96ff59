import { expect, test } from 'vitest';
import { openOnce } from './open-once.ts';

test('opens when it is asked, and once only', async () => {
  const opened: string[] = [];
  const open = openOnce(
    {
      credential: async (slot) => {
        opened.push(slot);
        return { id: 'c', type: 'totp', data: { secret: 's' } };
      },
    },
    'key',
  );
  expect(opened).toEqual([]);
  expect(await Promise.all([open(), open()])).toEqual([{ secret: 's' }, { secret: 's' }]);
  expect(opened).toEqual(['key']);
});
