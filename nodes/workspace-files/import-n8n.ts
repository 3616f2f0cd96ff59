import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { bool, compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** Paths of a disk become paths of the workspace. */
const NOTE = 'Files are those of the workspace, not of a disk: put them there first.';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.readWriteFile'],
    map: ({ parameters }) => {
      const options = record(parameters.options);
      if (text(parameters.operation, 'read') === 'write')
        return write(text(parameters.fileName), text(parameters.dataPropertyName), options);
      return read(text(parameters.fileSelector), text(options.dataPropertyName), {
        fieldsOfItem: 'name',
        fileName: text(options.fileName) || undefined,
        mimeType: text(options.mimeType) || undefined,
      });
    },
  },
  {
    types: ['n8n-nodes-base.readBinaryFile'],
    map: ({ parameters }: N8nNode) =>
      read(text(parameters.filePath), text(parameters.dataPropertyName), {
        fieldsOfItem: 'item',
        keepFiles: true,
      }),
  },
  {
    types: ['n8n-nodes-base.readBinaryFiles'],
    map: ({ parameters }: N8nNode) =>
      read(text(parameters.fileSelector), text(parameters.dataPropertyName), { fieldsOfItem: 'none' }),
  },
  {
    types: ['n8n-nodes-base.writeBinaryFile'],
    map: ({ parameters }: N8nNode) =>
      write(text(parameters.fileName), text(parameters.dataPropertyName), record(parameters.options)),
  },
];

const read = (path: string, file: string, options: Values): ImportedNode => ({
  type: 'workspace-files',
  parameters: compact({ operation: 'read', path, file: file || undefined, options: compact(options) }),
  approximated: NOTE,
});

const write = (path: string, file: string, options: Values): ImportedNode => ({
  type: 'workspace-files',
  parameters: compact({
    operation: 'write',
    path,
    file: file || undefined,
    options: compact({ append: bool(options.append) || undefined, pathField: 'fileName' }),
  }),
  approximated: NOTE,
});
