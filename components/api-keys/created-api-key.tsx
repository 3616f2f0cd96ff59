'use client';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { SecretText } from '#components/ui/secret-text.tsx';

/** The one time that the key can be read. */
export function CreatedApiKey({
  name,
  secret,
  onClose,
}: {
  name: string;
  secret: string;
  onClose: () => void;
}) {
  const curl = `curl ${location.origin}/api/v1/workflows \\\n  -H "Authorization: Bearer ${secret}"`;
  return (
    <>
      <DialogHeader>
        <DialogTitle>Key “{name}” is ready</DialogTitle>
        <DialogDescription>Copy it now and keep it where you keep passwords.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <SecretText label="API key" text={secret} />
        <Callout tone="warning">
          It is shown only this once. If you lose it, revoke it and create another.
        </Callout>
        <div className="flex flex-col gap-1.5">
          <p className="text-ui font-medium">Try it</p>
          <div className="relative">
            <pre className="overflow-x-auto rounded-lg border border-border bg-muted p-3 pr-12 font-mono text-xs leading-relaxed">
              {curl}
            </pre>
            <div className="absolute top-1.5 right-1.5">
              <CopyButton text={curl} label="Copy the command" />
            </div>
          </div>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
