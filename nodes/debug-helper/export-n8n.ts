import { core, inverted, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { record } from '../n8n-values.ts';

const KINDS = inverted({ latLong: 'location', macAddress: 'mac', semver: 'version' });

export const exporter: N8nExporter = ({ parameters }, { stated }) => {
  const options = record(parameters.options);
  switch (parameters.operation) {
    case 'fail':
      return core('debugHelper', 1, {
        category: 'throwError',
        throwErrorType: 'Error',
        throwErrorMessage: parameters.message,
      });
    case 'memory':
      return core('debugHelper', 1, { category: 'oom', memorySizeValue: parameters.megabytes });
    case 'random': {
      const kind = String(parameters.kind);
      return core(
        'debugHelper',
        1,
        {
          category: 'randomData',
          randomDataType: KINDS[kind] ?? kind,
          randomDataCount: parameters.count,
          nanoidAlphabet: kind === 'nanoid' ? stated.alphabet : undefined,
          nanoidLength: kind === 'nanoid' ? stated.length : undefined,
          randomDataSeed: options.seed,
          randomDataSingleArray: on(options.oneItem),
        },
        { approximated: 'n8n invents other data; some of its fields may have other names.' },
      );
    }
    default:
      return core('debugHelper', 1, { category: 'doNothing' });
  }
};
