import { OPERATORS } from '#engine/conditions.ts';
import type { WorkflowNode } from '#engine/workflow.ts';
import { type NodeDefinition, operationOf } from '#nodes/define.ts';
import { type Field, isShown } from '#nodes/fields.ts';

const MAX = 64;

/** One line under a node's name that says what this one does: its operation or its first telling parameters. */
export function nodeSummary(definition: NodeDefinition | undefined, node: WorkflowNode): string {
  if (!definition) return `${node.type}@${node.version}`;
  const operation = operationOf(definition, node.parameters);
  const parts: string[] = [];
  if (Object.keys(definition.operations).length > 1 && operation) parts.push(operation.label);
  const first = Object.keys(operation?.fields ?? {})[0];
  for (const [name, spec] of Object.entries(operation?.fields ?? {})) {
    if (parts.length >= 2) break;
    if (spec.hidden || !isShown(spec, operation?.fields ?? {}, node.parameters)) continue;
    const text = tell(spec, node.parameters[name], name === first);
    if (text) parts.push(text);
  }
  const line = parts.join(' · ').replace(/\s+/g, ' ');
  if (line) return line.length > MAX ? `${line.slice(0, MAX - 1)}…` : line;
  if (node.name !== definition.name) return definition.name;
  return operation && operation.label !== definition.name ? operation.label : definition.description;
}

function tell(spec: Field, value: unknown, isFirst: boolean): string {
  switch (spec.kind) {
    case 'text':
      return typeof value === 'string' && !spec.secret ? value.trim() : '';
    case 'cron':
    case 'datetime':
      return typeof value === 'string' ? value.trim() : '';
    case 'select': {
      // a choice is worth a word only when somebody made it, or when it leads the form with a short name such as GET
      const chosen = spec.options.find((o) => o.value === (value ?? spec.default));
      if (value === undefined && !(isFirst && (chosen?.label.length ?? 99) <= 6)) return '';
      return chosen?.label ?? String(value ?? '');
    }
    case 'number':
      return value === undefined || value === '' ? '' : `${spec.label}: ${String(value)}`;
    case 'assignments':
      return names(value, 'name');
    case 'conditions':
      return conditions(value);
    case 'code':
      return typeof value === 'string' ? `${value.split('\n').length} lines` : '';
    default:
      return '';
  }
}

function names(value: unknown, key: string): string {
  if (!Array.isArray(value)) return '';
  return value
    .map((row) =>
      typeof row === 'object' && row !== null ? String((row as Record<string, unknown>)[key] ?? '') : '',
    )
    .filter(Boolean)
    .join(', ');
}

function conditions(value: unknown): string {
  const rows = typeof value === 'object' && value !== null && 'rows' in value ? value.rows : [];
  if (!Array.isArray(rows) || rows.length === 0) return '';
  if (rows.length > 1) return `${rows.length} conditions`;
  const { left, operator, right } = rows[0] as { left?: unknown; operator?: unknown; right?: unknown };
  if (!left) return '';
  const known = OPERATORS[String(operator)];
  return `${shown(left)} ${known?.label ?? String(operator ?? '')} ${known?.right === null ? '' : shown(right)}`.trim();
}

const shown = (value: unknown): string =>
  String(value ?? '')
    .replace(/^\{\{\s*|\s*\}\}$/g, '')
    .replace(/^\$json\./, '');
