import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lucide from 'lucide-react/dynamicIconImports';
import { describe, expect, test } from 'vitest';
import type { Port } from '#engine/node.ts';
import { checkFields } from './check.ts';
import { findCredentialType } from './credential-types/registry.ts';
import type { OperationDefinition } from './define.ts';
import { definitions, findDefinition, nodeCatalog } from './definitions.ts';
import { executorCatalog, implementations } from './executors.ts';
import { defaultOf, type Field, type Fields } from './fields.ts';
import { importers } from './importers.ts';
import { inputSchema } from './input-schema.ts';
import { describeNode } from './json-schema.ts';

/** The laws for all nodes: what the editor, the engine and the docs rely on without looking into any folder. */
const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'credential-types')
  .map((entry) => entry.name);
const operations = definitions.flatMap((definition) =>
  Object.entries(definition.operations).map(([name, op]): [string, OperationDefinition] => [
    `${definition.type}.${name}`,
    op,
  ]),
);
const allFields = (fields: Fields): [string, Field][] =>
  Object.entries(fields).flatMap(([name, spec]) => [
    [name, spec] as [string, Field],
    ...(spec.kind === 'list' || spec.kind === 'options' ? allFields(spec.fields) : []),
  ]);
const defaultsOf = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, spec]) => [name, defaultOf(spec)]));
const portsOf = (
  ports: OperationDefinition['inputs'],
  parameters: Record<string, unknown>,
): readonly Port[] => (typeof ports === 'function' ? ports(parameters) : ports);

/** Is never more than one of both shown? */
const excludes = (one: Field['showIf'], other: Field['showIf']): boolean =>
  Object.entries(one ?? {}).some(([by, values]) => {
    const others = other?.[by];
    return others !== undefined && !values.some((value) => others.includes(value));
  });

/** Secrets that no credential can hold, and why. */
const NO_CREDENTIAL: Readonly<Record<string, string>> = {
  'extract-from-file.password': 'belongs to the file that an item brings, and comes with it',
  'http-request.proxy': 'an address like the URL; only its login is secret, and few proxies want one',
};

describe('the registry', () => {
  test('knows one definition and one implementation for every folder', () => {
    expect(folders.length).toBeGreaterThan(20);
    expect(definitions.map((d) => d.type).sort()).toEqual(folders.sort());
    expect(implementations.map((i) => i.definition.type).sort()).toEqual(folders.sort());
  });

  test('has no type twice in the same version', () => {
    const keys = definitions.map((d) => `${d.type}@${d.version}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('finds a node by type and version, and nothing else', () => {
    expect(findDefinition('set', 1)?.name).toBe('Edit fields');
    expect(nodeCatalog.find('set', 1)?.literalFields.has('mode')).toBe(true);
    expect(nodeCatalog.find('set', 99)).toBeUndefined();
    expect(executorCatalog.executor('set', 1)).toBeDefined();
    expect(executorCatalog.executor('nothing', 1)).toBeUndefined();
  });

  test('knows every translation from n8n', () => {
    const translated = folders.filter((folder) => existsSync(join(here, folder, 'import-n8n.ts')));
    expect(Object.keys(importers).sort()).toEqual(translated.sort());
  });

  test('maps every foreign type at most once per operation owner', () => {
    const owners = Object.entries(importers).flatMap(([owner, list]) =>
      list.flatMap((importer) => importer.types.map((type) => `${type} ${owner}`)),
    );
    expect(new Set(owners).size).toBe(owners.length);
  });
});

describe.each(definitions.map((d) => [d.type, d] as const))('%s', (type, definition) => {
  test('is described for people', () => {
    expect(definition.type).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(definition.name.length).toBeLessThanOrEqual(40);
    expect(definition.description).toMatch(/^[A-Z].*\.$/s);
    expect(definition.search.length).toBeGreaterThan(0);
  });

  test('has an icon that exists', () => {
    expect(Object.keys(lucide)).toContain(definition.icon);
  });

  test('has a browser-safe definition', () => {
    const file = readFileSync(join(here, type, 'definition.ts'), 'utf8');
    const imports = [...file.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
    const allowed =
      /^(\.\.\/(define|duration|fields|form-fields|http-authentication|key-source|mail-account|mail-fields|ports)\.ts|#engine\/.*|#lib\/.*)$/;
    expect(imports.filter((name) => !allowed.test(name!))).toEqual([]);
  });

  test('can be described as JSON Schema', () => {
    const document = JSON.parse(JSON.stringify(describeNode(definition)));
    expect(document.operations.length).toBe(Object.keys(definition.operations).length);
  });
});

describe.each(operations)('%s', (path, op) => {
  const nodeType = path.split('.')[0]!;
  const defaults = defaultsOf(op.fields);

  test('says in one line what it does', () => {
    expect(op.summary.length).toBeLessThanOrEqual(100);
    expect(op.summary).not.toContain('\n');
  });

  test('has camelCase fields whose conditions name their siblings', () => {
    for (const [name, spec] of Object.entries(op.fields)) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      for (const sibling of Object.keys(spec.showIf ?? {})) expect(Object.keys(op.fields)).toContain(sibling);
    }
  });

  test('marks passwords and keys as secret', () => {
    for (const [name, spec] of allFields(op.fields))
      if (spec.kind === 'text' && /password|secret|privateKey|apiKey/i.test(name))
        expect([name, spec.secret]).toEqual([name, true]);
  });

  test('lets a credential take the place of every secret', () => {
    const choices = op.credentials ?? [];
    for (const [name, spec] of allFields(op.fields)) {
      if (spec.kind !== 'text' || !spec.secret || NO_CREDENTIAL[`${nodeType}.${name}`]) continue;
      expect([name, choices.some(({ showIf }) => excludes(showIf, spec.showIf))]).toEqual([name, true]);
    }
  });

  test('asks for kinds of credentials that exist, by what its fields say', () => {
    const places = op.credentials ?? [];
    for (const [i, place] of places.entries())
      for (const other of places.slice(i + 1))
        if (other.name === place.name)
          expect([place, excludes(place.showIf, other.showIf)]).toEqual([place, true]);
    for (const { name, label, types, showIf } of places) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(label).not.toBe('');
      expect(types.length).toBeGreaterThan(0);
      expect(types.filter((kind) => !findCredentialType(kind))).toEqual([]);
      // a template could choose at run time what nobody has looked at
      for (const by of Object.keys(showIf ?? {})) expect(op.fields[by]?.template).toBe(false);
    }
  });

  test('has well-formed ports that differ', () => {
    for (const ports of [portsOf(op.inputs, defaults), portsOf(op.outputs, defaults)]) {
      const names = ports.map((port) => port.name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z0-9-]*$/);
      expect(names).not.toContain('error');
    }
    const inputs = portsOf(op.inputs, defaults).map((port) => port.name);
    for (const name of op.requiredInputs?.(defaults) ?? []) expect(inputs).toContain(name);
  });

  test('has a sample wherever it has an output', () => {
    if (portsOf(op.outputs, defaults).length > 0) expect(op.sample.length).toBeGreaterThan(0);
    for (const item of op.sample) expect(typeof item.json).toBe('object');
  });

  test('accepts its own defaults, but for what is required', () => {
    const issues = checkFields(op.fields, {}).filter((issue) => issue.code !== 'required');
    expect(issues).toEqual([]);
    const optional: Fields = Object.fromEntries(
      Object.entries(op.fields).map(([k, f]) => [k, { ...f, required: false }]),
    );
    expect(inputSchema(optional).safeParse({}).error).toBeUndefined();
    expect(inputSchema(optional).safeParse(defaults).error).toBeUndefined();
  });
});
