import type { Item } from '#engine/item.ts';
import type { Effect, Issue, NodeSpec, Port } from '#engine/node.ts';
import { checkFields } from './check.ts';
import type { CredentialSlot } from './credential-types/define.ts';
import { type Fields, isShown } from './fields.ts';

/** A node definition is data that the browser may load. What it does stands in execute.ts beside it. */
export type NodeKind = 'trigger' | 'action' | 'logic' | 'data' | 'agent' | 'tool';
export type Category = 'Triggers' | 'Logic' | 'Data' | 'Actions' | 'Code' | 'Flow';

export interface OperationDefinition<F extends Fields = Fields> {
  label: string;
  /** One line: what it does. */
  summary: string;
  /** A function where it depends on the parameters as written (templates not rendered): a GET reads, a POST writes. */
  effect: Effect | ((parameters: Record<string, unknown>) => Effect);
  fields: F;
  /** Places for credentials, in the order of the form. */
  credentials?: readonly CredentialSlot[];
  inputs: PortsOf;
  outputs: PortsOf;
  /** Inputs of a join that must have got items; default none. */
  requiredInputs?: (parameters: Record<string, unknown>) => string[];
  /** All items are one piece of work, which fails as one; default: not. */
  takesTogether?: (parameters: Record<string, unknown>) => boolean;
  /** What one run gives, for docs and for the editor before anything ran. */
  sample: Item[];
}
export type PortsOf = readonly Port[] | ((parameters: Record<string, unknown>) => Port[]);

export interface NodeDefinition<
  O extends Record<string, OperationDefinition> = Record<string, OperationDefinition>,
> {
  type: string;
  version: number;
  kind: NodeKind;
  name: string;
  category: Category;
  description: string;
  /** Words that find it besides its name. */
  search: readonly string[];
  /** Name of a lucide icon, kebab-case. */
  icon: string;
  /** Accent in the editor, one of the palette's hues. */
  color:
    | 'amber'
    | 'blue'
    | 'cyan'
    | 'emerald'
    | 'fuchsia'
    | 'indigo'
    | 'orange'
    | 'rose'
    | 'slate'
    | 'violet';
  cycle?: NodeSpec['cycle'];
  /** What fires a trigger. Those with an address or a time get a row in the trigger table while the workflow is active. */
  startedBy?: 'hand' | 'webhook' | 'form' | 'chat' | 'schedule' | 'email' | 'workflow' | 'error';
  /** Shows somebody who filled in a form what comes next. */
  continuesForm?: true;
  /** Not offered in the palette: such nodes come into a workflow only by import. */
  hidden?: true;
  /** A node with one operation calls it `default`; else the parameter `operation` chooses. */
  operations: O;
}

export const MAIN: readonly Port[] = [{ name: 'main' }];
export const NONE: readonly Port[] = [];

export function operation<F extends Fields>(definition: OperationDefinition<F>): OperationDefinition<F> {
  return definition;
}
export function defineNode<O extends Record<string, OperationDefinition>>(
  definition: NodeDefinition<O>,
): NodeDefinition<O> {
  return definition;
}

/** The operation that these parameters choose; the first one when they name none. */
export function operationOf(
  definition: NodeDefinition,
  parameters: Record<string, unknown>,
): OperationDefinition | undefined {
  const names = Object.keys(definition.operations);
  const name = names.length === 1 ? names[0] : ((parameters.operation as string | undefined) ?? names[0]);
  // a workflow file may say `constructor`
  return name !== undefined && Object.hasOwn(definition.operations, name)
    ? definition.operations[name]
    : undefined;
}

const portsOf = (ports: PortsOf, parameters: Record<string, unknown>): Port[] =>
  typeof ports === 'function' ? ports(parameters) : [...ports];

/** The places for credentials that these parameters ask for. */
export const slotsOf = (
  op: OperationDefinition,
  parameters: Record<string, unknown>,
): readonly CredentialSlot[] =>
  (op.credentials ?? []).filter(({ showIf }) => !showIf || isShown({ showIf }, op.fields, parameters));

/** The engine's view of a definition. */
export function specOf(definition: NodeDefinition): NodeSpec {
  const literal = new Set<string>();
  for (const op of Object.values(definition.operations)) {
    for (const [name, spec] of Object.entries(op.fields)) if (spec.template === false) literal.add(name);
  }
  return {
    type: definition.type,
    version: definition.version,
    isTrigger: definition.kind === 'trigger',
    cycle: definition.cycle ?? 'none',
    literalFields: literal,
    ports: (parameters) => {
      const op = operationOf(definition, parameters);
      return op
        ? { inputs: portsOf(op.inputs, parameters), outputs: portsOf(op.outputs, parameters) }
        : { inputs: [], outputs: [] };
    },
    effect: (parameters) => {
      const effect = operationOf(definition, parameters)?.effect ?? 'write';
      return typeof effect === 'function' ? effect(parameters) : effect;
    },
    credentials: (parameters) => {
      const op = operationOf(definition, parameters);
      return op ? slotsOf(op, parameters) : [];
    },
    requiredInputs: (parameters) => operationOf(definition, parameters)?.requiredInputs?.(parameters) ?? [],
    takesTogether: (parameters) => operationOf(definition, parameters)?.takesTogether?.(parameters) ?? false,
    check: (parameters): Omit<Issue, 'nodeId'>[] => {
      const op = operationOf(definition, parameters);
      if (!op) {
        return [
          {
            code: 'unknown-operation',
            severity: 'error',
            field: 'operation',
            message: `“${String(parameters.operation)}” is not an operation of ${definition.name}.`,
          },
        ];
      }
      return [...unknownParameters(definition, parameters), ...checkFields(op.fields, parameters)];
    },
  };
}

/** A misspelt name would otherwise be ignored in silence. What another operation knows may stay from before a change of mind. */
function unknownParameters(
  definition: NodeDefinition,
  parameters: Record<string, unknown>,
): Omit<Issue, 'nodeId'>[] {
  const known = new Set([
    'operation',
    ...Object.values(definition.operations).flatMap((op) => Object.keys(op.fields)),
  ]);
  return Object.keys(parameters)
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'unknown-parameter',
      severity: 'error',
      field: name,
      message: `${definition.name} has no parameter “${name}”. It has: ${[...known].slice(1).join(', ') || 'none'}.`,
    }));
}
