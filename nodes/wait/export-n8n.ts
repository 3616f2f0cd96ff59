import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

type Values = Record<string, unknown>;

export const exporter: N8nExporter = ({ parameters }) => {
  switch (parameters.mode) {
    case 'until':
      return core('wait', 1.1, { resume: 'specificTime', dateTime: parameters.until });
    case 'call':
      return core('wait', 1.1, { resume: 'webhook', ...limitOf(parameters) }, { webhook: true });
    default:
      return core('wait', 1.1, { amount: parameters.amount, unit: parameters.unit }, { webhook: true });
  }
};

function limitOf({ limit, limitAmount, limitUnit, limitUntil }: Values): Values {
  if (limit === 'until')
    return { limitWaitTime: true, limitType: 'atSpecifiedTime', maxDateAndTime: limitUntil };
  if (limit !== 'duration') return {};
  return { limitWaitTime: true, resumeAmount: limitAmount, resumeUnit: limitUnit };
}
