import { expect, test } from 'vitest';
import { specOf } from '../define.ts';
import { findDefinition } from '../definitions.ts';

test('has no ports and takes its text literally', () => {
  const spec = specOf(findDefinition('sticky-note', 1)!);
  expect(spec.ports({})).toEqual({ inputs: [], outputs: [] });
  expect(spec.check({ content: '{{ not a template' })).toEqual([]);
  expect(spec.literalFields.has('content')).toBe(true);
});
