import { describe, expect, it } from 'vitest';
import { defaultOf } from '../fields.ts';
import { endingFields, pageFields, toEnding, toFormPage } from '../form-fields.ts';
import { inputSchema } from '../input-schema.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { formTriggerNode } from './execute.ts';

const page = (parameters: object) => toFormPage(inputSchema(pageFields).parse(parameters) as never);
const ending = (parameters: object) => toEnding(inputSchema(endingFields).parse(parameters) as never);

describe('a page', () => {
  it('is what was written, with names for its fields', () => {
    expect(
      page({
        title: 'Contact',
        fields: [
          { label: 'Your name', kind: 'text', required: true },
          { label: 'Topic', name: 'topic', kind: 'select', options: ' Sales \n\nSupport\nSales' },
        ],
      }),
    ).toMatchObject({
      title: 'Contact',
      submitLabel: 'Submit',
      fields: [
        { name: 'Your name', kind: 'text', required: true, options: [] },
        { name: 'topic', label: 'Topic', kind: 'select', options: ['Sales', 'Support'] },
      ],
    });
  });

  it('leaves out fields without a name, and the second of equal names', () => {
    const fields = [{ label: 'A' }, { label: ' ' }, { label: 'A', kind: 'number' }].map((row) => ({
      kind: 'text',
      ...row,
    }));
    expect(page({ fields }).fields).toMatchObject([{ name: 'A', kind: 'text' }]);
    expect(page({ fields: [] })).toMatchObject({ title: defaultOf(pageFields.title), fields: [] });
  });
});

describe('an ending', () => {
  it('is a message, or an address of the web', () => {
    expect(ending({})).toEqual({ title: 'Thank you', message: 'Your answers have been received.' });
    expect(ending({ ending: 'redirect', redirectUrl: 'https://example.com/x' }).redirectUrl).toBe(
      'https://example.com/x',
    );
  });
  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'nonsense'])(
    'never goes to %s',
    (redirectUrl) => {
      expect(ending({ ending: 'redirect', redirectUrl })).not.toHaveProperty('redirectUrl');
    },
  );
});

it('hands on what the server made of a submission', async () => {
  const result = await runNode(formTriggerNode, { items: [{ Name: 'Ada', formMode: 'production' }] });
  expect(jsonOf(result)).toEqual([{ Name: 'Ada', formMode: 'production' }]);
});

it('comes from n8n with its fields, its button and its end', () => {
  const { workflow, report } = importN8n({
    nodes: [
      {
        name: 'On form submission',
        type: 'n8n-nodes-base.formTrigger',
        typeVersion: 2.2,
        position: [0, 0],
        parameters: {
          formTitle: 'Apply',
          formDescription: 'Tell us',
          formFields: {
            values: [
              { fieldLabel: 'Name', requiredField: true },
              { fieldLabel: 'Why', fieldType: 'textarea', placeholder: 'Because' },
              {
                fieldLabel: 'Role',
                fieldType: 'dropdown',
                multiselect: true,
                fieldOptions: { values: [{ option: 'A' }, { option: 'B' }] },
              },
              { fieldLabel: 'CV', fieldType: 'file', acceptFileTypes: '.pdf', multipleFiles: false },
              { fieldType: 'hiddenField', fieldName: 'ref' },
              { fieldType: 'html', html: '<p>Hello <b>you</b></p><script>x</script>' },
            ],
          },
          options: {
            buttonLabel: 'Send',
            respondWithOptions: { values: { respondWith: 'redirect', redirectUrl: 'https://x.example' } },
          },
        },
      },
    ],
    connections: {},
  });
  expect(report.nodes).toEqual([
    { name: 'On form submission', type: 'n8n-nodes-base.formTrigger', status: 'mapped' },
  ]);
  expect(workflow.nodes[0]).toMatchObject({
    type: 'form-trigger',
    parameters: {
      title: 'Apply',
      description: 'Tell us',
      submitLabel: 'Send',
      respond: 'immediately',
      ending: 'redirect',
      redirectUrl: 'https://x.example',
      fields: [
        { label: 'Name', kind: 'text', required: true },
        { label: 'Why', kind: 'textarea', placeholder: 'Because' },
        { label: 'Role', kind: 'multi-select', options: 'A\nB' },
        { label: 'CV', kind: 'file', accept: '.pdf' },
        { label: 'ref', name: 'ref', kind: 'hidden' },
        { label: 'Text', kind: 'note', value: 'Hello you\nx' },
      ],
    },
  });
});
