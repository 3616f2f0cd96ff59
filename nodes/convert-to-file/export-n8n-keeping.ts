import { core, on } from '../n8n-export-values.ts';
import type { ExportedNode } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** The node of before, which keeps the item or the rest of it; undefined when it cannot do this. */
export function keepingNode(operation: string, parameters: Values): ExportedNode | undefined {
  const options = record(parameters.options);
  const { keep = 'all' } = options;
  const common = {
    fileName: options.fileName,
    encoding: options.encoding,
    addBOM: on(options.bom),
    keepSource: keep === 'all' ? true : undefined,
  };
  if (operation === 'json') {
    if (parameters.mode !== 'each' || (keep !== 'all' && keep !== 'files')) return undefined;
    return move({ destinationKey: parameters.file, options: compact(common) });
  }
  if (keep !== 'all' && keep !== 'rest') return undefined;
  const isText = operation === 'text';
  return move({
    convertAllData: false,
    sourceKey: parameters.field,
    destinationKey: parameters.file,
    options: compact({
      ...common,
      mimeType: options.mimeType,
      dataIsBase64: isText ? undefined : true,
      useRawData: isText && options.asJson !== true ? true : undefined,
    }),
  });
}

const move = (parameters: Values): ExportedNode =>
  core('moveBinaryData', 1.1, { mode: 'jsonToBinary', ...parameters });
