export interface OperatorChoice {
  /** `string.equals` */
  id: string;
  label: string;
  unary: boolean;
}

const op = (id: string, label: string, unary = false): OperatorChoice => ({ id, label, unary });

/** Operators in the order of the menu. */
export const OPERATOR_GROUPS: readonly {
  type: string;
  label: string;
  operators: readonly OperatorChoice[];
}[] = [
  {
    type: 'string',
    label: 'Text',
    operators: [
      op('string.equals', 'is equal to'),
      op('string.notEquals', 'is not equal to'),
      op('string.contains', 'contains'),
      op('string.notContains', 'does not contain'),
      op('string.startsWith', 'starts with'),
      op('string.endsWith', 'ends with'),
      op('string.regex', 'matches the pattern'),
      op('string.empty', 'is empty', true),
      op('string.notEmpty', 'is not empty', true),
      op('string.exists', 'exists', true),
      op('string.notExists', 'does not exist', true),
    ],
  },
];

const byId = new Map(
  OPERATOR_GROUPS.flatMap((g) => g.operators.map((o) => [o.id, { ...o, group: g.label }] as const)),
);

export const isUnary = (id: string): boolean => byId.get(id)?.unary ?? false;

export function operatorLabel(id: string): string {
  const known = byId.get(id);
  return known ? `${known.group}: ${known.label}` : id;
}
