'use client';
import { ArrowRight, FileDown, Plus, Workflow } from 'lucide-react';
import { NodeIcon } from '#components/editor/node-icon.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { latestDefinition } from '#nodes/definitions.ts';
import { STARTERS, type Starter } from './starters.ts';
import { useCreateWorkflow } from './use-create-workflow.ts';

/** The first thing that a new person sees: three ways in, each one click from something that runs. */
export function NoWorkflows({ onImport }: { onImport: () => void }) {
  const may = useMay();
  const create = useCreateWorkflow();
  if (!may.edit) {
    return (
      <Card>
        <EmptyState icon={<Workflow />} title="No workflows yet">
          You may look but not edit here. Workflows that others create show up on this page.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Card>
        <EmptyState
          icon={<Workflow />}
          title="Build your first workflow"
          actions={
            <>
              <Button
                variant="primary"
                pending={create.isPending}
                onClick={() => create.mutate({ name: 'Untitled workflow' })}
              >
                <Plus />
                Start from scratch
              </Button>
              <Button onClick={onImport}>
                <FileDown />
                Import from n8n or a file
              </Button>
            </>
          }
        >
          A workflow waits for something to happen (a call to a URL, a time of day) and then does the work: it
          reads, changes and sends data, step by step, while you watch.
        </EmptyState>
      </Card>
      <section aria-labelledby="starters">
        <h2 id="starters" className="mb-3 text-sm font-semibold">
          Or open one that already works
        </h2>
        <ul className="grid gap-3 md:grid-cols-3">
          {STARTERS.map((starter) => (
            <li key={starter.id} className="flex">
              <StarterCard
                starter={starter}
                pending={create.isPending && create.variables.name === starter.title}
                onOpen={() => create.mutate(starter.workflow)}
              />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function StarterCard({
  starter,
  pending,
  onOpen,
}: {
  starter: Starter;
  pending: boolean;
  onOpen: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onOpen}
      disabled={pending}
      className="group flex w-full flex-col gap-3 rounded-xl border border-border bg-surface p-4 text-left shadow-card transition-[border-color,box-shadow] hover:border-border-strong hover:shadow-raised"
    >
      <span className="flex items-center gap-1">
        {starter.workflow.nodes?.slice(0, 4).map(({ id, type }, index) => (
          <span key={id} className="flex items-center gap-1">
            {index > 0 ? <span aria-hidden="true" className="h-px w-2.5 bg-border-strong" /> : null}
            <NodeIcon definition={latestDefinition(type)} size="sm" />
          </span>
        ))}
      </span>
      <span className="flex flex-1 flex-col gap-0.5">
        <span className="text-sm font-medium">{starter.title}</span>
        <span className="text-ui text-foreground-muted">{starter.description}</span>
      </span>
      <span className="flex items-center gap-1 text-xs font-medium text-accent-text">
        {pending ? <Spinner className="size-3.5" label="Creating" /> : null}
        Use this
        <ArrowRight
          aria-hidden="true"
          className="size-3.5 transition-transform group-hover:translate-x-0.5"
        />
      </span>
    </button>
  );
}
