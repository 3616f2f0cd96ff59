import { z } from 'zod';
import type { CredentialSlot } from './credential-types/define.ts';
import { type NodeDefinition, operationOf, type PortsOf } from './define.ts';
import { defaultOf, type Fields } from './fields.ts';
import { inputSchema } from './input-schema.ts';

/** What the discovery API says of a node: its metadata, and per operation the JSON Schema of its parameters. */
export interface NodeDocument {
  type: string;
  version: number;
  kind: string;
  name: string;
  category: string;
  description: string;
  icon: string;
  search: readonly string[];
  operations: {
    name: string;
    label: string;
    summary: string;
    /** JSON Schema (draft 2020-12) of the parameters as rendered; in a workflow any of them may be a template. */
    parameters: Record<string, unknown>;
    /** Places for credentials, `credentials[name]` of a node, each with the kinds that fit; `showIf`: only while the parameters say so. */
    credentials?: readonly CredentialSlot[];
    /** Absent where they depend on the parameters. */
    inputs?: string[];
    outputs?: string[];
    sample: unknown;
  }[];
}

export function describeNode(definition: NodeDefinition): NodeDocument {
  const { type, version, kind, name, category, description, icon, search } = definition;
  const operations = Object.keys(definition.operations).map((key) => {
    const op = operationOf(definition, { operation: key })!;
    return {
      name: key,
      label: op.label,
      summary: op.summary,
      parameters: parameterSchema(op.fields),
      ...(op.credentials?.length ? { credentials: op.credentials } : {}),
      ...portNames('inputs', op.inputs),
      ...portNames('outputs', op.outputs),
      sample: op.sample,
    };
  });
  return { type, version, kind, name, category, description, icon, search, operations };
}

export function parameterSchema(all: Fields): Schema {
  const fields = Object.fromEntries(Object.entries(all).filter(([, spec]) => !spec.hidden));
  const schema = z.toJSONSchema(inputSchema(fields), { io: 'input', unrepresentable: 'any' }) as Schema;
  return annotate(schema, fields);
}

type Schema = Record<string, unknown>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Adds what only the fields know: labels, defaults, and which are required (those that may be hidden are not). */
function annotate(schema: Schema, fields: Fields): Schema {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  for (const [name, spec] of Object.entries(fields)) {
    const property = properties[name];
    if (!isSchema(property)) continue;
    property.title = spec.label;
    if (spec.help) property.description = spec.help;
    if (spec.kind === 'text' && spec.secret) property.writeOnly = true;
    const value = defaultOf(spec);
    if (value !== undefined && value !== '') property.default = value;
    if (spec.kind === 'options') annotate(property, spec.fields);
    if (spec.kind === 'list' && isSchema(property.items)) annotate(property.items, spec.fields);
  }
  schema.required = Object.entries(fields).flatMap(([name, spec]) =>
    spec.required && !spec.showIf ? [name] : [],
  );
  return schema;
}

const portNames = (key: 'inputs' | 'outputs', ports: PortsOf) =>
  typeof ports === 'function' ? {} : { [key]: ports.map((port) => port.name) };
