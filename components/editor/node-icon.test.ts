import { expect, it } from 'vitest';
import { definitions } from '#nodes/definitions.ts';
import { iconNames } from './node-icon.tsx';

it('knows the icon of every node', () => {
  expect(definitions.map((d) => d.icon).filter((icon) => !iconNames.has(icon))).toEqual([]);
});
