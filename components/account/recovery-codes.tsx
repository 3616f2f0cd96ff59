'use client';
import { Copy } from 'lucide-react';
import { copyText } from '#components/execution-data/json-tree.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';

/** They are shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warning">
        Keep these codes in a safe place. Each lets you in once when your phone is gone, and they are never
        shown again.
      </Callout>
      <ul
        aria-label="Recovery codes"
        className="grid gap-x-6 gap-y-1.5 rounded-lg border border-border bg-background/60 p-4 font-mono text-ui sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="wrap-anywhere">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Button onClick={() => copyText(codes.join('\n'), 'Recovery codes copied')}>
          <Copy />
          Copy
        </Button>
        <Button variant="primary" onClick={onDone}>
          I have them
        </Button>
      </div>
    </div>
  );
}
