import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [{ types: ['n8n-nodes-base.crypto'], map: mapCrypto }];

/** Version 2 keeps secrets in a credential, the first one in the node. */
function mapCrypto({ parameters }: N8nNode, version: number): ImportedNode | null {
  const action = text(parameters.action, 'hash');
  const output = text(parameters.dataPropertyName, 'data');
  const encoding = parameters.encoding === 'base64' ? 'base64' : undefined;
  const hashed = {
    ...(parameters.binaryData === true
      ? { source: 'file', file: text(parameters.binaryPropertyName, 'data') }
      : { text: parameters.value ?? '' }),
    algorithm: text(parameters.type, 'MD5').toLowerCase(),
    encoding,
    output,
  };
  const { secret = '', privateKey = '' } = parameters;
  const inside = version < 2;
  const place = inside ? {} : { credentials: { key: 'crypto' } };
  switch (action) {
    case 'hash':
      return node({ operation: 'hash', ...hashed });
    case 'hmac':
      return {
        ...node({ operation: 'hmac', ...(inside ? { keyFrom: 'field', secret } : {}), ...hashed }),
        ...place,
      };
    case 'sign':
      return {
        ...node({
          operation: 'sign',
          text: parameters.value ?? '',
          algorithm: parameters.algorithm ?? '',
          ...(inside ? { keyFrom: 'field', privateKey } : {}),
          encoding,
          output,
        }),
        ...place,
      };
    case 'generate': {
      const kind = text(parameters.encodingType, 'uuid');
      return node({
        operation: 'generate',
        kind,
        length: kind === 'uuid' ? undefined : (parameters.stringLength ?? 32),
        output,
      });
    }
    default:
      return null;
  }
}

const node = (parameters: Record<string, unknown>): ImportedNode => ({
  type: 'crypto',
  parameters: compact(parameters),
});
