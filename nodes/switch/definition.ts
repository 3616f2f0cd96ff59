import type { Port } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { portCount } from '../ports.ts';

export const MAX_OUTPUTS = 50;
/** The port of items that meet no rule. */
export const FALLBACK_PORT = 'fallback';
/** Ports go by place, so that renaming a rule does not cut its edges. */
export const outputPort = (index: number) => `output${index + 1}`;

export const switchNode = defineNode({
  type: 'switch',
  version: 1,
  kind: 'logic',
  name: 'Switch',
  category: 'Logic',
  description: 'Sends every item down one of several branches.',
  search: ['route', 'case', 'branch', 'condition', 'router', 'path'],
  icon: 'list-tree',
  color: 'amber',
  cycle: 'branch',
  operations: {
    default: operation({
      label: 'Switch',
      summary: 'Sends each item to the output of the first rule it meets.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Mode',
          options: [
            { value: 'rules', label: 'Rules', help: 'One output per rule.' },
            {
              value: 'expression',
              label: 'Expression',
              help: 'An expression gives the number of the output.',
            },
          ],
          default: 'rules',
          template: false,
        }),
        rules: field.list({
          label: 'Rules',
          addLabel: 'Add rule',
          max: MAX_OUTPUTS,
          required: true,
          showIf: { mode: ['rules'] },
          fields: {
            name: field.text({ label: 'Output name', placeholder: 'Big orders', template: false }),
            conditions: field.conditions({ label: 'Conditions' }),
          },
        }),
        fallback: field.select({
          label: 'Items that meet no rule',
          options: [
            { value: 'none', label: 'Drop them' },
            { value: 'extra', label: 'Extra output' },
            { value: 'first', label: 'First output' },
            { value: 'output', label: 'Output of a rule' },
          ],
          default: 'none',
          showIf: { mode: ['rules'] },
          template: false,
        }),
        fallbackOutput: field.number({
          label: 'Which output',
          help: 'Counted from 0.',
          default: 0,
          min: 0,
          max: MAX_OUTPUTS - 1,
          integer: true,
          showIf: { mode: ['rules'], fallback: ['output'] },
          template: false,
        }),
        fallbackName: field.text({
          label: 'Name of the extra output',
          default: 'fallback',
          showIf: { mode: ['rules'], fallback: ['extra'] },
          template: false,
        }),
        outputs: field.number({
          label: 'Number of outputs',
          default: 4,
          min: 1,
          max: MAX_OUTPUTS,
          integer: true,
          showIf: { mode: ['expression'] },
          template: false,
        }),
        output: field.number({
          label: 'Output number',
          help: 'Counted from 0.',
          placeholder: '{{ $json.priority }}',
          integer: true,
          min: 0,
          showIf: { mode: ['expression'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            allMatching: field.boolean({
              label: 'Send to all matching outputs',
              help: 'Otherwise only to the first rule that matches.',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: switchOutputs,
      sample: [{ json: { id: 1, priority: 'high' } }],
    }),
  },
});

function switchOutputs(parameters: Record<string, unknown>): Port[] {
  if (parameters.mode === 'expression') {
    const count = portCount(parameters.outputs, 4, 1, MAX_OUTPUTS);
    return Array.from({ length: count }, (_, i) => ({ name: outputPort(i), label: String(i) }));
  }
  const rules = Array.isArray(parameters.rules) ? parameters.rules.slice(0, MAX_OUTPUTS) : [];
  const ports: Port[] = rules.map((rule: unknown, i) => ({
    name: outputPort(i),
    label: ruleName(rule) || String(i),
  }));
  if (parameters.fallback === 'extra') {
    const label = typeof parameters.fallbackName === 'string' ? parameters.fallbackName : '';
    ports.push({ name: FALLBACK_PORT, label: label || 'fallback' });
  }
  return ports;
}

function ruleName(rule: unknown): string {
  const name = typeof rule === 'object' && rule !== null && 'name' in rule ? rule.name : '';
  return typeof name === 'string' ? name : '';
}
