import { describe, expect, it } from 'vitest';
import { edges, nodes, testCatalog } from './testing.ts';
import { validate } from './validate.ts';
import { type WorkflowInput, workflowSchema } from './workflow.ts';

const catalog = testCatalog({ start: { trigger: true }, pass: {} });
const issuesOf = (file: Omit<WorkflowInput, 'name'>) =>
  validate(workflowSchema.parse({ name: 'w', ...file }), catalog).map(({ code, severity, message }) => [
    code,
    severity,
    message,
  ]);

describe('validate', () => {
  it('finds two nodes with one id or one name', () => {
    const [a, b] = nodes({ s: 'start', a: 'pass' });
    expect(issuesOf({ nodes: [a!, { ...b!, id: 's' }] })).toContainEqual([
      'duplicate-id',
      'error',
      'Two nodes have the id “s”.',
    ]);
    expect(issuesOf({ nodes: [a!, { ...b!, name: 's' }], edges: edges('s>a') })).toContainEqual([
      'duplicate-name',
      'error',
      expect.stringContaining('Two nodes are named “s”.'),
    ]);
  });

  it('finds ports that are not there', () => {
    expect(issuesOf({ nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s.left>a.right') })).toEqual(
      expect.arrayContaining([
        ['unknown-port', 'error', '“s” has no output “left”.'],
        ['unknown-port', 'error', '“a” has no input “right”.'],
      ]),
    );
  });

  it('warns of a second edge between the same ports', () => {
    expect(issuesOf({ nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s>a', 's>a') })).toEqual([
      ['duplicate-edge', 'warning', '“s” and “a” are connected twice.'],
    ]);
  });

  it('warns of a workflow that nothing starts, and of a node that nothing reaches', () => {
    expect(issuesOf({ nodes: nodes({ a: 'pass' }) })).toEqual([
      ['no-trigger', 'warning', 'Add a trigger, so that something can start this workflow.'],
      ['unreachable', 'warning', '“a” is not connected to anything before it and will not run.'],
    ]);
  });

  it('knows time zones', () => {
    const settings = { timezone: 'Mars/Olympus' };
    expect(issuesOf({ nodes: nodes({ s: 'start' }), settings })).toEqual([
      ['timezone', 'error', '“Mars/Olympus” is not a time zone. Use an IANA name such as Europe/Berlin.'],
    ]);
  });
});
