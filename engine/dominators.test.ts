import { expect, test } from 'vitest';
import { dominators } from './dominators.ts';

function of(id: string, ...lines: string[]): string[] {
  const edges = lines.map((line) => line.split('>') as [string, string]);
  const nodes = new Map(
    [...new Set(edges.flat())].map((name) => [
      name,
      {
        incoming: edges.filter(([, to]) => to === name).map(([from]) => ({ from })),
        out: new Map([['main', edges.filter(([from]) => from === name).map(([, to]) => ({ to }))]]),
      },
    ]),
  );
  return [...dominators(nodes)(id)].sort();
}

test.each<[string, string[], string[]]>([
  ['c', ['a>b', 'b>c'], ['a', 'b']],
  ['d', ['a>b', 'a>c', 'b>d', 'c>d'], ['a']],
  ['c', ['a>c', 'b>c'], []],
  ['inner', ['s>outer', 'outer>inner', 'inner>x', 'x>inner', 'x>outer'], ['outer', 's']],
  ['b', ['a>b', 'b>c', 'c>b', 'd>c'], []],
  ['a', ['a>b', 'b>a'], []],
  ['e', ['s>a', 'a>b', 'b>c', 'c>a', 'b>e', 'c>e'], ['a', 'b', 's']],
])('what comes before %s in %j', (id, lines, expected) => {
  expect(of(id, ...lines)).toEqual(expected);
});
