import { Readable, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { evalJsonl } from './eval.ts';

async function evaluate(...lines: (object | string)[]): Promise<unknown[]> {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await evalJsonl(Readable.from(input.map((line) => `${line}\n`)), output);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('evaluates a line in either spelling', async () => {
  const items = [{ a: 1 }, { a: 2 }];
  expect(
    await evaluate(
      { id: 1, expr: '={{ $json.a }}', items, itemIndex: 1 },
      { id: 2, expr: '{{ $json.a }}', items },
      { id: 3, expr: 'plain' },
      { id: 4, expr: '={{ x.y }}', data: { x: { y: 'z' } } },
    ),
  ).toEqual([
    { id: 1, value: 2 },
    { id: 2, value: 1 },
    { id: 3, value: 'plain' },
    { id: 4, value: 'z' },
  ]);
});

it('writes values that JSON lacks, and errors', async () => {
  const now = '2024-05-15T14:30:45.123Z';
  expect(
    await evaluate(
      { id: 1, expr: '={{ $now }}', now, timezone: 'America/New_York' },
      { id: 2, expr: '={{ new Date() }}', now },
      { id: 3, expr: '={{ nothing }}' },
      { id: 4, expr: '={{ 0 / 0 }}' },
      { id: 5, expr: '={{ ({}).constructor }}' },
      'not json',
    ),
  ).toEqual([
    { id: 1, value: { $luxon: '2024-05-15T10:30:45.123-04:00', zone: 'America/New_York' } },
    { id: 2, value: { $date: now } },
    { id: 3, value: { $undefined: true } },
    { id: 4, value: { $number: 'NaN' } },
    { id: 5, error: 'Cannot access "constructor" due to security concerns' },
    { id: null, error: expect.stringContaining('Not a line of JSON') },
  ]);
});

it('reaches other nodes through a workflow and its run data', async () => {
  const workflow = {
    nodes: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
    connections: {
      A: { main: [[], [{ node: 'B', type: 'main', index: 0 }]] },
      B: { main: [[{ node: 'C', type: 'main', index: 0 }]] },
    },
  };
  const runData = {
    A: [{ source: [], data: { main: [[], [{ json: { n: 1 } }, { json: { n: 2 } }]] } }],
    B: [
      {
        source: [{ previousNode: 'A', previousNodeOutput: 1 }],
        data: { main: [[{ json: { m: 9 }, pairedItem: { item: 1 } }]] },
      },
    ],
  };
  const line = { workflow, runData, activeNode: 'C' };
  expect(
    await evaluate(
      { id: 1, expr: '={{ $("A").item.json.n }} {{ $json.m }} {{ $prevNode.name }}', ...line },
      { id: 2, expr: '={{ $("A").all().length }}', ...line },
    ),
  ).toEqual([
    { id: 1, value: '2 9 B' },
    { id: 2, value: 2 },
  ]);
});

it('tells an agent which tools there are, and only parses when asked', async () => {
  const agent = '@n8n/n8n-nodes-langchain.agent';
  const tool = (name: string) => ({
    name,
    type: 'n8n-nodes-base.someTool',
    parameters: { to: "={{ $fromAI('to') }}" },
  });
  const workflow = {
    nodes: [
      { name: 'Agent', type: agent },
      tool('Mine'),
      tool('Loose'),
      tool('Theirs'),
      { name: 'Other', type: agent },
    ],
    connections: {
      Mine: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
      Theirs: { ai_tool: [[{ node: 'Other', type: 'ai_tool', index: 0 }]] },
    },
  };
  const tools = '={{ $agentInfo.tools.map(t => t.name + t.connected + t.aiDefinedFields).join() }}';
  expect(
    await evaluate(
      { id: 1, expr: tools, workflow, activeNode: 'Agent' },
      { id: 2, expr: '={{ $agentInfo }}', workflow, activeNode: 'Mine' },
      { id: 3, expr: '={{ missing( }}', parse: true },
      { id: 4, expr: "={{ $('Nobody').item }}", parse: true },
    ),
  ).toEqual([
    { id: 1, value: 'MinetrueTo,LoosefalseTo' },
    { id: 2, value: { $undefined: true } },
    { id: 3, error: expect.stringContaining('Invalid syntax') },
    { id: 4, value: "{{ $('Nobody').item }}" },
  ]);
});
