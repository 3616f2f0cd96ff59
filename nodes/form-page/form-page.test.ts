import { describe, expect, it } from 'vitest';
import { importN8n } from '../n8n-import.ts';
import { runNode } from '../testing.ts';
import { formPageNode } from './execute.ts';

const parameters = {
  operation: 'page',
  title: 'More',
  fields: [{ label: 'Age', kind: 'number' }],
  hours: 2,
};
const NOW = Date.UTC(2026, 0, 1);

describe('a page', () => {
  it('is shown, and waited for as long as it says', async () => {
    const result = await runNode(formPageNode, { parameters, now: NOW });
    expect(result).toMatchObject({
      outputs: {},
      wait: {
        until: NOW + 2 * 3_600_000,
        call: true,
        form: { title: 'More', fields: [{ name: 'Age', kind: 'number' }] },
        completeWithOutputs: false,
      },
    });
  });

  it('goes on with what was filled in', async () => {
    const file = { id: 'files/w/e/f', mimeType: 'text/plain', sizeBytes: 1 };
    const result = await runNode(formPageNode, {
      parameters,
      items: [{}, {}],
      woken: { call: { data: { json: { Age: 36 }, files: { cv: file } }, at: NOW } },
    });
    expect(result.outputs.main).toEqual([
      { json: { Age: 36 }, files: { cv: file }, source: [{ item: 0 }, { item: 1 }] },
    ]);
  });

  it('fails when nobody comes', async () => {
    await expect(runNode(formPageNode, { parameters, woken: { expired: true } })).rejects.toMatchObject({
      data: { kind: 'timeout' },
    });
  });
});

it('the end is shown, and the items go on', async () => {
  const result = await runNode(formPageNode, {
    parameters: { operation: 'ending', endingTitle: 'Done', endingMessage: 'Bye' },
    items: [{ a: 1 }],
  });
  expect(result).toMatchObject({
    outputs: { main: [{ json: { a: 1 } }] },
    response: { kind: 'form', body: { title: 'Done', message: 'Bye' } },
  });
});

it('comes from n8n as a page or as an end', () => {
  const imported = (given: object) =>
    importN8n({
      nodes: [
        { name: 'F', type: 'n8n-nodes-base.form', typeVersion: 1, position: [0, 0], parameters: given },
      ],
      connections: {},
    });
  const fields = { values: [{ fieldLabel: 'Age', fieldType: 'number' }] };
  expect(
    imported({ formFields: fields, options: { formTitle: 'Next' } }).workflow.nodes[0]!.parameters,
  ).toMatchObject({ operation: 'page', title: 'Next', fields: [{ label: 'Age', kind: 'number' }] });
  expect(
    imported({ defineForm: 'json', jsonOutput: '[{"fieldLabel":"A"}]' }).workflow.nodes[0]!.parameters,
  ).toMatchObject({ fields: [{ label: 'A', kind: 'text' }] });
  expect(imported({ defineForm: 'json', jsonOutput: '={{ $json.f }}' }).report.nodes[0]).toMatchObject({
    status: 'placeholder',
  });
  expect(
    imported({ operation: 'completion', completionTitle: 'Done', completionMessage: 'Bye' }).workflow
      .nodes[0]!.parameters,
  ).toEqual({ operation: 'ending', ending: 'message', endingTitle: 'Done', endingMessage: 'Bye' });
});
