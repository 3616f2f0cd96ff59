import type { ImportedNode, N8nImporter } from '../n8n.ts';
import { compact, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.wait'],
    map: ({ parameters }, version) => {
      const resume = text(parameters.resume, 'timeInterval');
      if (resume === 'specificTime') {
        return { type: 'wait', parameters: { mode: 'until', until: parameters.dateTime ?? '' } };
      }
      if (resume === 'webhook') return untilCalled(parameters);
      if (resume !== 'timeInterval') return `It waits for a ${resume === 'form' ? 'form' : 'call'}.`;
      const first = version < 1.1;
      return {
        type: 'wait',
        parameters: {
          mode: 'duration',
          amount: parameters.amount ?? (first ? 1 : 5),
          unit: parameters.unit ?? (first ? 'hours' : 'seconds'),
        },
      };
    },
  },
];

function untilCalled(parameters: Values): ImportedNode {
  const reasons = losses(parameters);
  return {
    type: 'wait',
    parameters: { mode: 'call', ...limitOf(parameters) },
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

function limitOf(parameters: Values): Values {
  if (parameters.limitWaitTime !== true) return {};
  if (parameters.limitType === 'atSpecifiedTime')
    return { limit: 'until', limitUntil: parameters.maxDateAndTime ?? '' };
  return compact({
    limit: 'duration',
    limitAmount: parameters.resumeAmount ?? 1,
    limitUnit: parameters.resumeUnit ?? 'hours',
  });
}

function losses(parameters: Values): string[] {
  const reasons: string[] = [];
  if (text(parameters.incomingAuthentication, 'none') !== 'none')
    reasons.push('Who calls needs no login here; the address itself is secret.');
  if (text(parameters.responseMode, 'onReceived') !== 'onReceived' || parameters.responseData !== undefined)
    reasons.push('The caller is answered at once, with a short message.');
  return reasons;
}
