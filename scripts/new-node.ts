import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run new:node <type>` writes the folder of a new node (definition, execute, test) and its line in both registries.
 * What it makes passes the tests as it is; go on from there.
 */
const nodes = join(import.meta.dirname, '..', 'nodes');
const [type] = process.argv.slice(2);

if (!type || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(type)) {
  fail('Usage: npm run new:node <type>, with a type in kebab-case, for example: npm run new:node slack');
}
const folder = join(nodes, type);
if (existsSync(folder)) fail(`nodes/${type} is already there.`);

const camel = type.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
const name = type.charAt(0).toUpperCase() + type.slice(1).replaceAll('-', ' ');
const variable = isReserved(camel) ? `${camel}Definition` : camel;

mkdirSync(folder);
writeFileSync(join(folder, 'definition.ts'), definitionText());
writeFileSync(join(folder, 'execute.ts'), executeText());
writeFileSync(join(folder, `${type}.test.ts`), testText());
register('definitions.ts', variable, `./${type}/definition.ts`, 'export const definitions', 'placeholder');
register(
  'executors.ts',
  `${camel}Node`,
  `./${type}/execute.ts`,
  'export const implementations',
  'placeholderNode',
);
console.log(`Wrote nodes/${type}/ and its lines in nodes/definitions.ts and nodes/executors.ts.
Next: describe its fields in definition.ts, make them do something in execute.ts, then run: npx vitest run nodes`);

function definitionText(): string {
  return `import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const ${variable} = defineNode({
  type: '${type}',
  version: 1,
  kind: 'action',
  name: '${name}',
  category: 'Actions',
  description: 'Says in one sentence what it is for.',
  search: ['${type}'],
  icon: 'box',
  color: 'violet',
  operations: {
    default: operation({
      label: '${name}',
      summary: 'Says in one line what it does.',
      // pure: no outside · read: safe to repeat · write: changes something outside
      effect: 'pure',
      fields: {
        text: field.text({ label: 'Text', default: 'Hello' }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { text: 'Hello' } }],
    }),
  },
});
`;
}

function executeText(): string {
  return `import { derive, forEachItem, implement } from '../implement.ts';
import { ${variable} } from './definition.ts';

export const ${camel}Node = implement(${variable}, {
  default: (context) =>
    forEachItem(context, (item, itemIndex, { text }) => derive(item, itemIndex, { ...item.json, text })),
});
`;
}

function testText(): string {
  return `import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { ${camel}Node } from './execute.ts';

test.each<[JsonObject, JsonObject]>([
  [{}, { id: 1, text: 'Hello' }],
  [{ text: 'Bye' }, { id: 1, text: 'Bye' }],
])('%j', async (parameters, expected) => {
  expect(jsonOf(await runNode(${camel}Node, { parameters, items: [{ id: 1 }] }))).toEqual([expected]);
});
`;
}

/** Adds an import in its alphabetical place and a line to the list, before the placeholder, which stays the last. */
function register(file: string, symbol: string, from: string, list: string, before: string): void {
  const path = join(nodes, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const isImport = (line: string) => /^import .* from '\.\//.test(line);
  const later = lines.findIndex((line) => isImport(line) && (/from '(.*)'/.exec(line)?.[1] ?? '') > from);
  const place = later >= 0 ? later : lines.findLastIndex(isImport) + 1;
  lines.splice(place, 0, `import { ${symbol} } from '${from}';`);
  const start = lines.findIndex((line) => line.startsWith(list));
  const end = lines.findIndex((line, i) => i > start && line === `  ${before},`);
  if (start < 0 || end < 0) fail(`nodes/${file} does not look as expected; add “${symbol}” to it by hand.`);
  lines.splice(end, 0, `  ${symbol},`);
  writeFileSync(path, lines.join('\n'));
}

/** Words that cannot be the name of a constant: `if`, `switch`, … */
function isReserved(word: string): boolean {
  return /^(if|else|switch|case|for|while|do|in|of|new|delete|default|return|throw|try|catch|function|class|import|export|this|var|let|const|enum|with|yield|await|static|null|true|false|void|typeof|set|get)$/.test(
    word,
  );
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
