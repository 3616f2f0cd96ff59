import { asStated, core, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

const NOTE = 'n8n reads and writes files of its own disk, not of a workspace.';

export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, 'file');
  const options = record(parameters.options);
  const { operation = 'read', path, file } = parameters;
  if (operation === 'write')
    return core(
      'readWriteFile',
      1,
      {
        operation: 'write',
        fileName: path,
        dataPropertyName: file,
        options: compact({ append: on(options.append) }),
      },
      { approximated: NOTE },
    );
  if (operation !== 'read') return 'n8n does not do this with files.';
  // Nodes of before differ in what stays of the item.
  if (options.fieldsOfItem === 'item' && options.keepFiles === true)
    return core('readBinaryFile', 1, { filePath: path, dataPropertyName: file }, { approximated: NOTE });
  if (options.fieldsOfItem === 'none')
    return core('readBinaryFiles', 1, { fileSelector: path, dataPropertyName: file }, { approximated: NOTE });
  return core(
    'readWriteFile',
    1,
    {
      fileSelector: path,
      options: compact({ dataPropertyName: file, fileName: options.fileName, mimeType: options.mimeType }),
    },
    { approximated: NOTE },
  );
};
