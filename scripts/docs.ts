import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePages } from './node-docs.ts';

/** `npm run docs`: writes the pages that are made from code. */
const folder = path.resolve(import.meta.dirname, '../docs/nodes');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const pages = nodePages();
for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
console.log(`${pages.size} pages in docs/nodes`);
