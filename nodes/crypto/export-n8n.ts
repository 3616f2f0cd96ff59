import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

type Values = Record<string, unknown>;

const CONNECT = { approximated: 'Connect its credential in n8n: secrets do not go along.' };

/** The first version keeps secrets in the node, later ones in a credential. */
export const exporter: N8nExporter = ({ parameters }) => {
  const { operation = 'hash', output, encoding } = parameters;
  const inside = parameters.keyFrom === 'field';
  const common = { dataPropertyName: output, encoding: encoding === 'hex' ? undefined : encoding };
  switch (operation) {
    case 'hmac': {
      const made = { action: 'hmac', ...hashed(parameters), ...common };
      return inside
        ? core('crypto', 1, { ...made, secret: parameters.secret })
        : core('crypto', 2, made, CONNECT);
    }
    case 'sign': {
      const made = { action: 'sign', value: parameters.text, algorithm: parameters.algorithm, ...common };
      return inside
        ? core('crypto', 1, { ...made, privateKey: parameters.privateKey })
        : core('crypto', 2, made, CONNECT);
    }
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
