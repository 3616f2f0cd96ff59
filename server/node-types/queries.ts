import { definitions, findDefinition, latestDefinition } from '#nodes/definitions.ts';
import { parameterSchema } from '#nodes/json-schema.ts';
import { notFound } from '../errors.ts';
import { pageOf } from '../rest/list-page.ts';
import type { NodeType, NodeTypeFilter, NodeTypeSummary } from './schema.ts';

type Definition = (typeof definitions)[number];

/** The newest version of every node type that may be added to a workflow, in the order of the palette. */
export function listNodeTypes({ search = '', category, kind, ...page }: NodeTypeFilter) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = definitions.filter(
    (one) =>
      !one.hidden &&
      latestDefinition(one.type) === one &&
      (category === undefined || one.category === category) &&
      (kind === undefined || one.kind === kind) &&
      words.every((word) => findableBy(one).includes(word)),
  );
  return pageOf(found.map(summaryOf), ({ type }) => type, page);
}

const findableBy = ({ type, name, description, search }: Definition): string =>
  [type, name, description, ...search].join(' ').toLowerCase();

const aboutOf = ({ type, version, kind, name, category, description, icon, search }: Definition) => ({
  ...{ type, version, kind, name, category, description, icon },
  search: [...search],
});

const summaryOf = (definition: Definition): NodeTypeSummary => ({
  ...aboutOf(definition),
  operations: Object.entries(definition.operations).map(([name, { label, summary }]) => ({
    ...{ name, label, summary },
  })),
});

/** Everything that one must know to write such a node into a file. Throws NOT_FOUND. */
export function getNodeType({ type, version }: { type: string; version?: number | undefined }): NodeType {
  const definition = version === undefined ? latestDefinition(type) : findDefinition(type, version);
  if (!definition) throw notFound('node type');
  return {
    ...aboutOf(definition),
    operations: Object.entries(definition.operations).map(([name, op]) => ({
      ...{ name, label: op.label, summary: op.summary },
      parameters: parameterSchema(op.fields),
      credentials: (op.credentials ?? []).map((slot) => ({ ...slot })),
      inputs: namesOf(op.inputs),
      outputs: namesOf(op.outputs),
      sample: op.sample,
    })),
  };
}

const namesOf = (ports: Definition['operations'][string]['inputs']): string[] | null =>
  typeof ports === 'function' ? null : ports.map(({ name }) => name);
