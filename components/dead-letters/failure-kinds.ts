import type { NodeErrorKind } from '#engine/errors.ts';

interface Kind {
  label: string;
  /** What to do before, or instead of, a retry. */
  hint: string;
}

const KINDS: Record<NodeErrorKind, Kind> = {
  config: {
    label: 'Set up wrong',
    hint: 'Fix the workflow, then retry on the current draft.',
  },
  auth: { label: 'Refused credential', hint: 'Correct the credential, then retry.' },
  upstream: { label: 'Other side failed', hint: 'Retry once the other side is well again.' },
  limit: { label: 'Limit hit', hint: 'Raise the limit or send less at once, then retry.' },
  timeout: { label: 'Took too long', hint: 'Raise the time limit or ask for less, then retry.' },
  interrupted: {
    label: 'Interrupted',
    hint: 'Check on the other side whether the write arrived: a retry sends it again.',
  },
  stopped: { label: 'Ended by the workflow', hint: 'The workflow was told to end like this.' },
  bug: { label: 'Fault in LinkFlow', hint: 'A retry may help. Please report the message.' },
};

/** A kind of error in a few words. */
export const kindOf = (kind: string): Kind => KINDS[kind as NodeErrorKind] ?? { label: kind, hint: '' };
