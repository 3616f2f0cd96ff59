import { describe, expect, it } from 'vitest';
import { blankColumn, checkColumns, type DraftColumn, draftsOf } from './draft-columns.ts';

const fresh = (name: string, more: Partial<DraftColumn> = {}): DraftColumn => ({
  ...blankColumn(),
  name,
  ...more,
});

describe('columns in a dialog', () => {
  it('are saved in their order, without those that nobody filled', () => {
    const drafts = [
      ...draftsOf([{ name: 'email', type: 'string' }]),
      fresh(''),
      fresh(' visits ', { type: 'number' }),
    ];
    const { columns, problems } = checkColumns(drafts);
    expect(columns).toEqual([
      { name: 'email', type: 'string' },
      { name: 'visits', type: 'number' },
    ]);
    expect(problems.size).toBe(0);
  });

  it('say at their own row what is wrong with them', () => {
    const [email, again, odd, system] = [
      ...draftsOf([{ name: 'email', type: 'string' }]),
      fresh('email'),
      fresh('e-mail'),
      fresh('createdAt'),
    ] as const;
    const { problems } = checkColumns([email!, again!, odd!, system!]);
    expect(problems.get(again!.key)).toBe('There is one already.');
    expect(problems.get(odd!.key)).toContain('Letters, digits and _ only');
    expect(problems.get(system!.key)).toContain('has this column already');
    expect(problems.has(email!.key)).toBe(false);
  });

  it('do not come again in the save in which they go', () => {
    const [gone] = draftsOf([{ name: 'age', type: 'number' }]);
    const again = fresh('age', { type: 'string' });
    const { columns, problems } = checkColumns([{ ...gone!, removed: true }, again]);
    expect(columns).toHaveLength(1);
    expect(problems.get(again.key)).toContain('Save first');
    expect(checkColumns([{ ...gone!, removed: true }]).columns).toEqual([]);
  });
});
