'use client';
import { Sparkles } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { highlightsOf } from '#components/pricing/plan-words.ts';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { PLANS } from '#server/plans/schema.ts';
import { type MetLimit, useUpgradePrompt } from './upgrade-store.ts';

const TITLES: Record<MetLimit['limit'], string> = {
  executionsPerMonth: 'This month’s executions are used up',
  activeWorkflows: 'No more active workflows in this plan',
  members: 'No seat is free',
  minScheduleSeconds: 'More often than this plan allows',
};

/** Opens wherever something was refused because of the plan. Once in the frame of a workspace. */
export function UpgradePrompt() {
  const { met, setReady, close } = useUpgradePrompt();
  useEffect(() => {
    setReady(true);
    return () => {
      setReady(false);
      close();
    };
  }, [setReady, close]);
  // it keeps its words while it fades out
  const [last, setLast] = useState(met);
  if (met && met !== last) setLast(met);
  const shown = met ?? last;
  return (
    <Dialog open={met !== null} onOpenChange={(open) => open || close()}>
      {shown ? <PromptContent met={shown} onClose={close} /> : null}
    </Dialog>
  );
}

function PromptContent({ met, onClose }: { met: MetLimit; onClose: () => void }) {
  const may = useMay();
  const path = useWorkspacePath();
  const next = met.upgradeTo ? PLANS[met.upgradeTo] : null;
  return (
    <DialogContent>
      <DialogHeader>
        <DialogTitle>{TITLES[met.limit]}</DialogTitle>
        <DialogDescription>{met.message}</DialogDescription>
      </DialogHeader>
      {next ? (
        <DialogBody>
          <div className="rounded-lg bg-accent-soft p-4">
            <p className="flex items-center gap-2 font-semibold text-accent-text text-sm">
              <Sparkles aria-hidden="true" className="size-4" />
              {next.name}
            </p>
            <ul className="mt-2 grid gap-x-4 gap-y-1 text-ui sm:grid-cols-2">
              {highlightsOf(next).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
          {may.administer ? null : (
            <p className="text-foreground-muted text-ui">An owner or admin of the workspace can choose it.</p>
          )}
        </DialogBody>
      ) : null}
      <DialogFooter>
        <Button onClick={onClose}>Not now</Button>
        <Button asChild variant="primary">
          <Link href={path(may.administer && next ? 'billing' : 'usage')} onClick={onClose}>
            {may.administer && next ? 'See plans' : 'See the usage'}
          </Link>
        </Button>
      </DialogFooter>
    </DialogContent>
  );
}
