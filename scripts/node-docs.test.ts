import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nodePages } from './node-docs.ts';

const folder = path.resolve(import.meta.dirname, '../docs/nodes');

it('the pages about nodes say what the definitions say; if not, run `npm run docs`', () => {
  const pages = nodePages();
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(path.join(folder, name), 'utf8'), name).toBe(text);
});

it('a page lists every field with its place, its kind and when it is shown', () => {
  const page = nodePages().get('http-request.md')!;
  expect(page).toContain('# HTTP request');
  expect(page).toMatch(/\| Name \| `headers\[\]\.name` \| text \|/);
  expect(page).toMatch(/`jsonBody` \| json \| `{}` \| .*Shown only with `body` `json`/);
  expect(page).toContain('`n8n-nodes-base.httpRequest`');
  expect(page).toMatch(
    /\| Credential \| `credentials\.auth` \| API key, .* Asked for only with `authentication` `credential`/,
  );
  expect(page).not.toContain('credentialType');
});
