import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const pattern = field.text({
  label: 'Path',
  help: '* stands for any part of a name, ** for any folders.',
  placeholder: 'reports/*.csv',
  required: true,
});
const fieldsOfItem = field.select({
  label: 'Fields of the items',
  options: [
    { value: 'facts', label: 'What is known of the file', help: 'Path, name, type, size, time.' },
    { value: 'name', label: 'Name, type and size' },
    { value: 'item', label: 'Those of the incoming item' },
    { value: 'none', label: 'None' },
  ],
  default: 'facts',
});

const FACTS = {
  path: 'reports/may.csv',
  mimeType: 'text/csv',
  fileType: 'text',
  fileName: 'may.csv',
  fileExtension: 'csv',
  fileSize: '9.12 kB',
  bytes: 9120,
  modifiedAt: '2026-06-01T08:00:00.000Z',
};

export const workspaceFiles = defineNode({
  type: 'workspace-files',
  version: 1,
  kind: 'action',
  name: 'Workspace files',
  category: 'Actions',
  description: 'Reads and writes files that stay in the workspace when executions are gone.',
  search: ['read', 'write', 'file', 'disk', 'save', 'load', 'folder', 'append', 'storage', 'path', 'glob'],
  icon: 'folder-open',
  color: 'emerald',
  operations: {
    read: operation({
      label: 'Read',
      summary: 'Makes an item out of every file that a path matches.',
      effect: 'read',
      fields: {
        path: pattern,
        file: field.text({
          label: 'Call the file',
          help: 'Its name inside the item.',
          default: 'data',
          required: true,
        }),
        options: field.options({
          label: 'Options',
          fields: {
            fieldsOfItem,
            keepFiles: field.boolean({ label: 'Keep the files of the incoming item' }),
            fileName: field.text({ label: 'File name', help: 'Instead of its own.' }),
            mimeType: field.text({ label: 'Type', help: 'Instead of its own.', placeholder: 'text/csv' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: FACTS, files: { data: { name: 'may.csv', mimeType: 'text/csv', sizeBytes: 9120 } } }],
    }),
    write: operation({
      label: 'Write',
      summary: 'Writes a file of each item, or a text, to a path.',
      effect: 'write',
      fields: {
        path: field.text({
          label: 'Path',
          placeholder: 'reports/{{ $now.toISODate() }}.csv',
          required: true,
        }),
        from: field.select({
          label: 'Write',
          options: [
            { value: 'file', label: 'A file of the item' },
            { value: 'text', label: 'A text' },
          ],
          default: 'file',
        }),
        file: field.text({
          label: 'File',
          help: 'Its name inside the item.',
          default: 'data',
          required: true,
          showIf: { from: ['file'] },
        }),
        text: field.text({ label: 'Text', multiline: true, showIf: { from: ['text'] } }),
        options: field.options({
          label: 'Options',
          fields: {
            append: field.boolean({ label: 'Add to the end', help: 'Instead of replacing what is there.' }),
            mimeType: field.text({ label: 'Type', help: 'Empty: by the name.', placeholder: 'text/csv' }),
            pathField: field.text({ label: 'Put the path in field', default: 'path' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { path: 'reports/may.csv' } }],
    }),
    list: operation({
      label: 'List',
      summary: 'Makes an item out of every file that a path matches, without reading it.',
      effect: 'read',
      fields: { path: pattern },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: FACTS }],
    }),
  },
});
