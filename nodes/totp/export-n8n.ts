import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  if ((parameters.operation ?? 'generate') !== 'generate')
    return 'n8n makes such codes, but does not check them.';
  const { algorithm, period } = record(parameters.options);
  const digits = parameters.digits === '6' ? undefined : Number(parameters.digits);
  return core(
    'totp',
    1,
    { additionalOptions: compact({ algorithm, digits, period }) },
    { same: ['keyFrom', 'secret'], approximated: 'Connect its credential in n8n: secrets do not go along.' },
  );
};
