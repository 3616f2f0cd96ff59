import { describe, expect, it } from 'vitest';
import { definitions } from '#nodes/definitions.ts';
import { paletteGroups } from './search.ts';

const types = (query: string, options = {}) =>
  paletteGroups(query, options).flatMap((g) => g.items.map((d) => d.type));

describe('the palette', () => {
  it('offers every node that is not hidden', () => {
    expect(new Set(types(''))).toEqual(new Set(definitions.filter((d) => !d.hidden).map((d) => d.type)));
  });
  it('finds by name before other words', () => {
    expect(types('merge')[0]).toBe('merge');
    expect(types('if')[0]).toBe('if');
  });
  it('finds by search words', () => {
    expect(types('cron')).toContain('schedule-trigger');
  });
  it('leaves triggers out where nothing can lead into them', () => {
    expect(types('', { triggers: false })).not.toContain('manual-trigger');
  });
  it('finds nothing for nonsense', () => {
    expect(types('qqqq')).toEqual([]);
  });
});
