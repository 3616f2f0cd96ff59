import { Callout } from '#components/ui/callout.tsx';
import type { Answer } from '#server/waits/schema.ts';

/** What was decided, by whom and when. */
export function AnswerNote({ answer: { decision, by, at, comment } }: { answer: Answer }) {
  return (
    <Callout tone={decision === 'approved' ? 'success' : 'warning'}>
      <p className="font-medium">
        {decision === 'approved' ? 'Approved' : 'Rejected'}
        {by === null ? '' : ` by ${by}`} on{' '}
        <time dateTime={at.toISOString()}>
          {at.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </p>
      {comment === '' ? null : <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{comment}</p>}
    </Callout>
  );
}
