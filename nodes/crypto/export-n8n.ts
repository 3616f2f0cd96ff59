import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

type Values = Record<string, unknown>;

/** The first version, which keeps secrets where ours are: in the node. */
export const exporter: N8nExporter = ({ parameters }) => {
  const { operation = 'hash', output, encoding } = parameters;
  const common = { dataPropertyName: output, encoding: encoding === 'hex' ? undefined : encoding };
  switch (operation) {
    case 'hmac':
      return core('crypto', 1, {
        action: 'hmac',
        ...hashed(parameters),
        secret: parameters.secret,
        ...common,
      });
    case 'sign':
      return core('crypto', 1, {
        action: 'sign',
        value: parameters.text,
        algorithm: parameters.algorithm,
        privateKey: parameters.privateKey,
        ...common,
      });
    case 'generate':
      return core('crypto', 1, {
        action: 'generate',
        encodingType: parameters.kind,
        stringLength: parameters.kind === 'uuid' ? undefined : parameters.length,
        dataPropertyName: output,
      });
    default:
      return core('crypto', 1, { action: 'hash', ...hashed(parameters), ...common });
  }
};

const hashed = ({ source, file, text, algorithm }: Values): Values => ({
  ...(source === 'file' ? { binaryData: true, binaryPropertyName: file } : { value: text }),
  type: String(algorithm).includes('{{') ? algorithm : String(algorithm).toUpperCase(),
});
