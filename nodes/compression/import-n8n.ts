import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.compression'], map: mapCompression },
];

/** In version 1 every file was packed under a name with a number; later there is one archive of a given name. */
function mapCompression({ parameters }: N8nNode, version: number): ImportedNode | null {
  const files = text(parameters.binaryPropertyName, 'data');
  const operation = text(parameters.operation, 'decompress');
  if (operation === 'decompress')
    return {
      type: 'compression',
      parameters: { operation: 'unpack', files, prefix: text(parameters.outputPrefix, 'file_') },
    };
  if (operation !== 'compress') return null;
  const format = text(parameters.outputFormat, version < 1.1 ? '' : 'zip');
  const output = text(parameters.binaryPropertyOutput, 'data');
  const fileName = text(parameters.fileName);
  if (format === 'zip')
    return {
      type: 'compression',
      parameters: compact({ operation: 'zip', files, output, fileName: fileName || 'data.zip' }),
    };
  if (format !== 'gzip') return null;
  const options =
    version < 1.1
      ? { prefix: text(parameters.outputPrefix, 'data') }
      : { output, fileName: fileName || undefined };
  return { type: 'compression', parameters: { operation: 'gzip', files, options: compact(options) } };
}
