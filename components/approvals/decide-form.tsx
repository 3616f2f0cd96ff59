'use client';
import { Check, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Label } from '#components/ui/label.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { Decision } from '#server/waits/schema.ts';

const MAX_COMMENT = 2000;

/** Approve or reject, with a comment where the question takes one. `pending`: the decision that is on its way. */
export function DecideForm({
  question,
  allowComment,
  pending,
  size = 'md',
  onDecide,
}: {
  /** Named in the buttons for those who do not see what is around them. */
  question: string;
  allowComment: boolean;
  pending: Decision | null;
  size?: 'md' | 'lg';
  onDecide: (decision: Decision, comment: string) => void;
}) {
  const commentId = useId();
  const [comment, setComment] = useState('');
  const looks = size === 'lg' ? 'flex-1' : 'max-sm:h-10 max-sm:flex-1';
  return (
    <div className="flex flex-col gap-3">
      {allowComment ? (
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={commentId}>
            Comment <span className="font-normal text-foreground-subtle">(optional)</span>
          </Label>
          <Textarea
            id={commentId}
            value={comment}
            maxLength={MAX_COMMENT}
            rows={2}
            className="min-h-15"
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
      ) : null}
      <div className="flex gap-2">
        <Button
          variant="primary"
          size={size}
          className={looks}
          aria-label={`Approve: ${question}`}
          disabled={pending === 'rejected'}
          pending={pending === 'approved'}
          onClick={() => onDecide('approved', comment)}
        >
          <Check />
          Approve
        </Button>
        <Button
          size={size}
          className={looks}
          aria-label={`Reject: ${question}`}
          disabled={pending === 'approved'}
          pending={pending === 'rejected'}
          onClick={() => onDecide('rejected', comment)}
        >
          <X />
          Reject
        </Button>
      </div>
    </div>
  );
}
