import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { record } from '../n8n-values.ts';

/** In the first version every file was packed under a name with a number. */
export const exporter: N8nExporter = ({ parameters }) => {
  const { files, prefix, output, fileName } = parameters;
  if (parameters.operation === 'zip')
    return core('compression', 1.1, {
      operation: 'compress',
      binaryPropertyName: files,
      outputFormat: 'zip',
      fileName,
      binaryPropertyOutput: output,
    });
  if (parameters.operation === 'gzip') {
    const options = record(parameters.options);
    const numbered = options.prefix !== undefined;
    return core('compression', numbered ? 1 : 1.1, {
      operation: 'compress',
      binaryPropertyName: files,
      outputFormat: 'gzip',
      fileName: options.fileName,
      ...(numbered ? { outputPrefix: options.prefix } : { binaryPropertyOutput: options.output }),
    });
  }
  return core('compression', 1.1, {
    operation: 'decompress',
    binaryPropertyName: files,
    outputPrefix: prefix,
  });
};
