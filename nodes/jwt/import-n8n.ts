import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [{ types: ['n8n-nodes-base.jwt'], map: mapJwt }];

const DEFAULT_JSON = '{\n  "my_field_1": "value 1",\n  "my_field_2": "value 2"\n}';

function mapJwt({ parameters }: N8nNode): ImportedNode | null {
  const options = record(parameters.options);
  const { complete, algorithm } = options;
  const open = {
    credentials: { key: 'jwtAuth' },
    ...(typeof algorithm === 'string' && algorithm !== ''
      ? { approximated: `Its credential decides about the algorithm here: it has to say ${algorithm}.` }
      : {}),
  };
  const kept = { complete: complete === true || undefined, onlyResult: true };
  switch (text(parameters.operation, 'sign')) {
    case 'sign':
      return {
        ...node({
          operation: 'sign',
          ...payloadOf(parameters),
          options: compact({ keyId: options.kid, onlyResult: true }),
        }),
        ...open,
      };
    case 'verify':
      return {
        ...node({
          operation: 'verify',
          token: parameters.token ?? '',
          options: compact({
            ...kept,
            ignoreExpiration: options.ignoreExpiration === true || undefined,
            ignoreNotBefore: options.ignoreNotBefore === true || undefined,
            toleranceSeconds: options.clockTolerance,
          }),
        }),
        ...open,
      };
    case 'decode':
      return node({ operation: 'decode', token: parameters.token ?? '', options: compact(kept) });
    default:
      return null;
  }
}

/** Their claims went into the payload under their long names. */
function payloadOf({ useJson, claimsJson, claims }: Record<string, unknown>): Record<string, unknown> {
  if (useJson === true) return { payload: claimsJson ?? DEFAULT_JSON };
  const { expiresIn } = record(claims);
  return {
    payload: record(claims),
    claims: expiresIn === undefined ? undefined : { expiresInSeconds: expiresIn },
  };
}

const node = (parameters: Record<string, unknown>): ImportedNode => ({
  type: 'jwt',
  parameters: compact(parameters),
});
