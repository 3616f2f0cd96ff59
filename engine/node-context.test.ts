import { describe, expect, it } from 'vitest';
import type { ExecuteContext, HttpRequest } from './node.ts';
import { run } from './run.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

/** What a node gets to see of the run that it is part of. */
async function look(
  execute: (context: ExecuteContext) => void | Promise<void>,
  more: { parameters?: object; settings?: object } = {},
) {
  const types: Record<string, TestNode> = {
    start: { trigger: true },
    pass: {},
    look: {
      execute: async (context) => {
        await execute(context);
        return { outputs: { main: context.items } };
      },
    },
  };
  const test = testRun(
    {
      name: 'Orders',
      nodes: nodes({ Start: 'start', Other: 'pass', Look: 'look' }, { Look: more }),
      edges: edges('Start>Other', 'Other>Look'),
      settings: { timezone: 'Europe/Berlin' },
    },
    types,
    [{ json: { n: 1 } }, { json: { n: 2 } }],
  );
  test.setup.vars = { region: 'eu' };
  const { state } = await run(test.setup, test.ports, { startNodeId: 'Start' });
  return { test, state };
}

describe('a node', () => {
  it('gets its parameters rendered per item, its keys, and what it is', async () => {
    await look(
      (context) => {
        expect([0, 1].map((i) => context.parameters(i))).toEqual([{ total: 10 }, { total: 20 }]);
        expect(context.rawParameters).toEqual({ total: '{{ $json.n * 10 }}' });
        expect(context.idempotencyKey(1)).toBe('execution:Look:0:1');
        expect(context.evaluate('{{ $vars.region }}-{{ $json.n }}', 1)).toBe('eu-2');
        expect(context.node).toMatchObject({ id: 'Look', name: 'Look', type: 'look', version: 1 });
        expect(context.workflow).toEqual({ id: 'workflow', name: 'Orders', timezone: 'Europe/Berlin' });
        expect({ run: context.run, attempt: context.attempt }).toEqual({ run: 0, attempt: 1 });
      },
      { parameters: { total: '{{ $json.n * 10 }}' } },
    );
  });

  it.each([
    ["$node['A' + n].json", ['Start', 'Other']],
    ['$(["Ot", "her"].join("")).first()', ['Start', 'Other']],
    ['$items() && $(  "Other" ).all()', ['Other']],
    ["$node['Other'].json + $items(`Other`, 0)", ['Other']],
    ["x = 1\n_('Other').all()", ['Other']],
    ['_node.Other.json', ['Other']],
    ["x = 1\n_('Oth' + 'er').all()", ['Start', 'Other']],
    ["names = ['Other']\n_node[names[0]].json", ['Start', 'Other']],
    ["my_('Other').all()", []],
  ])('gives code that puts a name together the outputs of all: %s', async (source, expected) => {
    await look((context) => expect(Object.keys(context.variables(0).$nodes as object)).toEqual(expected), {
      parameters: { source },
    });
  });

  it('gives code the outputs of the nodes that its text names, and of no others', async () => {
    await look(
      (context) => {
        const variables = context.variables(1);
        expect(Object.keys(variables.$nodes as object)).toEqual(['Other']);
        expect(variables).toMatchObject({ $itemIndex: 1, $runIndex: 0, $vars: { region: 'eu' } });
        const { Other } = variables.$nodes as Record<string, { port: string; runs: object[] }>;
        expect(Other).toMatchObject({ port: 'main', outputPorts: ['main'] });
        expect(Other!.runs).toHaveLength(1);
      },
      { parameters: { source: "return $('Other').all()" } },
    );
  });

  it('gives code nothing of other nodes when it names none', async () => {
    await look((context) => expect(context.variables(0).$nodes).toEqual({}), {
      parameters: { source: 'Other' },
    });
  });

  it('has its log lines kept with its run: two hundred, each of four thousand letters at most', async () => {
    const { state } = await look(({ log }) => {
      log('warn', 'x'.repeat(5000));
      for (let i = 0; i < 300; i++) log('info', `line ${i}`);
    });
    const { logs } = state.nodes.Look![0]!;
    expect(logs).toHaveLength(200);
    expect(logs![0]).toEqual({ level: 'warn', message: 'x'.repeat(4000) });
    expect(logs![199]).toEqual({ level: 'info', message: 'line 198' });
  });

  it('calls out with the signal that stops it', async () => {
    const requests: HttpRequest[] = [];
    let signal: AbortSignal | undefined;
    const types: Record<string, TestNode> = {
      start: { trigger: true },
      call: {
        execute: async ({ services, signal: own }) => {
          signal = own;
          await services.http.request({ method: 'GET', url: 'https://a.example' });
          return { outputs: {} };
        },
      },
    };
    const test = testRun({ name: 'w', nodes: nodes({ s: 'start', c: 'call' }), edges: edges('s>c') }, types);
    test.ports.services = {
      ...test.ports.services,
      http: {
        request: (request) => {
          requests.push(request);
          return Promise.reject(new Error('no network'));
        },
      },
    };
    const { outcome } = await run(test.setup, test.ports, { startNodeId: 's' });
    expect(outcome.status).toBe('failed');
    expect(requests[0]!.signal).toBe(signal);
  });

  it('runs once for the first item only when it is told to, and gives an item when it must', async () => {
    const { state } = await look(() => undefined, { settings: { executeOnce: true } });
    expect(given(state, 'Look').map((i) => i.json)).toEqual([{ n: 1 }]);
    const types: Record<string, TestNode> = {
      start: { trigger: true },
      none: { execute: () => ({ outputs: {} }) },
      pass: {},
    };
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', n: 'none', p: 'pass' }, { n: { settings: { alwaysOutput: true } } }),
        edges: edges('s>n', 'n>p'),
      },
      types,
    );
    const { state: always } = await run(test.setup, test.ports, { startNodeId: 's' });
    expect(given(always, 'p').map((i) => i.json)).toEqual([{}]);
  });

  it('without anything to run fails as a mistake in the workflow', async () => {
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', a: 'pass' }), edges: edges('s>a') },
      { start: { trigger: true }, pass: {} },
    );
    const { executor } = test.ports.catalog;
    test.ports.catalog = {
      ...test.ports.catalog,
      executor: (type, version) => (type === 'pass' ? undefined : executor(type, version)),
    };
    const { state } = await run(test.setup, test.ports, { startNodeId: 's' });
    expect(state.error).toMatchObject({
      kind: 'config',
      message: 'There is nothing to run for the node type “pass”.',
    });
  });
});
