import { type ConditionType, OPERATORS } from '#engine/conditions.ts';

interface OperatorChoice {
  /** `string.equals` */
  id: string;
  label: string;
}

const TYPE_NAMES: Record<ConditionType, string> = {
  string: 'Text',
  number: 'Number',
  dateTime: 'Date',
  boolean: 'Yes/no',
  array: 'List',
  object: 'Object',
};

/** The engine's operators by type, in the engine's order. */
export const OPERATOR_GROUPS: readonly {
  type: string;
  label: string;
  operators: readonly OperatorChoice[];
}[] = [...Map.groupBy(Object.entries(OPERATORS), ([, operator]) => operator.type)].map(([type, entries]) => ({
  type,
  label: TYPE_NAMES[type as ConditionType] ?? type,
  operators: entries.map(([id, { label }]) => ({ id, label })),
}));

/** Has no right side: `is empty`, `exists`. */
export const isUnary = (id: string): boolean => OPERATORS[id]?.right === null;

export function operatorLabel(id: string): string {
  const operator = OPERATORS[id];
  return operator ? `${TYPE_NAMES[operator.type as ConditionType] ?? operator.type}: ${operator.label}` : id;
}
