import type { NodeErrorData } from '#engine/errors.ts';
import type { CodeResult, StaticData } from '#engine/node.ts';
import { MAX_RESULT_CHARS, type Outcome } from './protocol.ts';

type Read = { error: NodeErrorData; result?: undefined } | { error?: undefined; result: CodeResult };

/**
 * What a run gave, read from its texts. Code that breaks the functions around it can make up any outcome, so nothing of
 * it is believed: what cannot be read is a mistake of the code.
 */
export function readOutcome(outcome: Outcome): Read {
  if (outcome.error) return { error: outcome.error };
  const { value, missing, logs, staticData } = outcome;
  if (value !== undefined && value.length > MAX_RESULT_CHARS) return { error: unreadable };
  try {
    return {
      result: {
        value: value === undefined ? undefined : withGaps(JSON.parse(value), missing),
        logs,
        ...(staticData === undefined ? {} : { staticData: JSON.parse(staticData) as StaticData }),
      },
    };
  } catch {
    return { error: unreadable };
  }
}

const unreadable: NodeErrorData = {
  kind: 'config',
  message: 'The code changed what hands its result over, so that it cannot be read.',
  field: 'source',
  retryable: false,
};

function withGaps(value: unknown, missing: number[] = []): unknown {
  if (!Array.isArray(value)) return value;
  for (const index of missing) if (index >= 0 && index < value.length) value[index] = undefined;
  return value;
}
