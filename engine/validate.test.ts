import { describe, expect, it } from 'vitest';
import { edges, nodes, testCatalog } from './testing.ts';
import { validate } from './validate.ts';
import { type WorkflowInput, workflowSchema } from './workflow.ts';

const catalog = testCatalog({
  start: { trigger: true },
  pass: {},
  if: { cycle: 'branch', outputs: ['true', 'false'] },
  loop: { cycle: 'loop', outputs: ['done', 'loop'] },
});
const issuesOf = (file: Omit<WorkflowInput, 'name'>) =>
  validate(workflowSchema.parse({ name: 'w', ...file }), catalog);
const codes = (file: Omit<WorkflowInput, 'name'>) => issuesOf(file).map((i) => i.code);

describe('validate', () => {
  it('finds nothing wrong with a workflow that is right', () => {
    expect(codes({ nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s>a') })).toEqual([]);
  });

  it.each([
    [
      'an unknown node type',
      { nodes: nodes({ s: 'start', a: 'nothing' }), edges: edges('s>a') },
      'unknown-type',
      '“a” has the unknown node type nothing@1.',
    ],
    [
      'an edge to nowhere',
      { nodes: nodes({ s: 'start' }), edges: edges('s>gone') },
      'dangling-edge',
      'An edge from “s” leads to “gone”, which does not exist.',
    ],
    [
      'an edge from nowhere',
      { nodes: nodes({ s: 'start' }), edges: edges('gone>s') },
      'dangling-edge',
      'An edge starts at “gone”, which does not exist.',
    ],
    [
      'a port that is not there',
      { nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s.other>a') },
      'unknown-port',
      '“s” has no output “other”.',
    ],
    [
      'a circle',
      { nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }), edges: edges('s>a', 'a>b', 'b>a') },
      'cycle',
      'circle',
    ],
    [
      'a node that feeds itself',
      { nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s>a', 'a>a') },
      'cycle',
      '“a” → “a”',
    ],
    [
      'a name used twice',
      { nodes: [...nodes({ s: 'start' }), { id: 't', name: 's', type: 'start' }], edges: [] },
      'duplicate-name',
      'Two nodes are named “s”',
    ],
    [
      'a template that does not parse',
      {
        nodes: nodes({ s: 'start', a: 'pass' }, { a: { parameters: { text: 'x {{ $json. }}' } } }),
        edges: edges('s>a'),
      },
      'template-syntax',
      'text',
    ],
    [
      'a time zone that does not exist',
      { nodes: nodes({ s: 'start' }), settings: { timezone: 'Mars/Olympus' } },
      'timezone',
      'Mars/Olympus',
    ],
  ])('names %s', (_what, file, code, text) => {
    const issue = issuesOf(file as Omit<WorkflowInput, 'name'>).find((i) => i.code === code);
    expect(issue?.severity).toBe('error');
    expect(issue?.message).toContain(text);
  });

  it('lets a circle be that a loop or a branch can end', () => {
    expect(
      codes({ nodes: nodes({ s: 'start', l: 'loop', a: 'pass' }), edges: edges('s>l', 'l.loop>a', 'a>l') }),
    ).toEqual([]);
    expect(
      codes({ nodes: nodes({ s: 'start', i: 'if', a: 'pass' }), edges: edges('s>i', 'i.false>a', 'a>i') }),
    ).toEqual([]);
  });

  it('does not check the parameters of a disabled node', () => {
    const file = {
      nodes: nodes({ s: 'start', a: 'pass' }, { a: { disabled: true, parameters: { text: '{{ }' } } }),
      edges: edges('s>a'),
    };
    expect(codes(file)).toEqual([]);
  });
});
