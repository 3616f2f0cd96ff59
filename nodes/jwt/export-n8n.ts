import { core, jsonText, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { isPlain } from '../paths.ts';

type Values = Record<string, unknown>;

/** Secrets and keys stand in a credential there. */
const KEYS = ['keyFrom', 'algorithm', 'secret', 'privateKey', 'publicKey'];
const CREDENTIAL = 'Connect its credential in n8n: secrets do not go along.';

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const isOwn = parameters.keyFrom === 'field' && parameters.algorithm !== 'HS256';
  const algorithm = isOwn ? parameters.algorithm : undefined;
  switch (parameters.operation) {
    case 'decode':
      return core('jwt', 1, {
        operation: 'decode',
        token: parameters.token,
        options: compact({ complete: on(options.complete) }),
      });
    case 'verify':
      return core(
        'jwt',
        1,
        {
          operation: 'verify',
          token: parameters.token,
          options: compact({
            algorithm,
            complete: on(options.complete),
            ignoreExpiration: on(options.ignoreExpiration),
            ignoreNotBefore: on(options.ignoreNotBefore),
            clockTolerance: options.toleranceSeconds,
          }),
        },
        { same: KEYS, approximated: CREDENTIAL },
      );
    default:
      return core(
        'jwt',
        1,
        { ...payloadOf(parameters), options: compact({ algorithm, kid: options.keyId }) },
        { same: KEYS, approximated: CREDENTIAL },
      );
  }
};

/** Registered claims have fields of their own there; a payload with others is JSON. */
const CLAIMS: ReadonlySet<string> = new Set([
  'audience',
  'expiresIn',
  'issuer',
  'jwtid',
  'notBefore',
  'subject',
]);

function payloadOf({ payload }: Values): Values {
  if (isPlain(payload) && Object.keys(payload).every((name) => CLAIMS.has(name))) return { claims: payload };
  return { useJson: true, claimsJson: jsonText(payload) };
}
