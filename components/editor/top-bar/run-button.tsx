'use client';

import { ChevronDown, Play, Square } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { isTerminal } from '#engine/state.ts';
import { definitionOf, isTriggerNode } from '../definition-of.ts';
import { useEditing, useEditor, useRun, useSessionState } from '../editor-context.tsx';
import { NodeIcon } from '../node-icon.tsx';

/** Starts the draft, or stops what was started here. The arrow chooses a trigger, or gives it data. */
export function RunButton() {
  const { actions, session } = useEditing();
  const busy = useSessionState((s) => s.busy === 'run');
  const running = useRun((s) => s.own && s.executionId !== null && !isTerminal(s.state.status));
  const nodes = useEditor((s) => s.draft.nodes);
  const triggers = nodes.filter((n) => isTriggerNode(n) && !n.disabled);
  if (running) {
    return (
      <Button variant="danger" onClick={() => actions.stop()} data-testid="stop-button">
        <Square className="size-3.5! fill-current" />
        <span className="max-sm:sr-only">Stop</span>
      </Button>
    );
  }
  return (
    <div className="flex">
      <Tooltip content="Run the draft" shortcut="mod+enter" side="bottom">
        <Button
          className="rounded-r-none border-r-0 max-sm:px-2.5"
          pending={busy}
          disabled={nodes.length === 0}
          onClick={() => actions.run()}
          data-testid="run-button"
        >
          {busy ? null : <Play className="size-3.5! fill-current text-success" />}
          <span className="max-sm:sr-only">Run</span>
        </Button>
      </Tooltip>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            className="rounded-l-none px-1.5"
            aria-label="More ways to run"
            disabled={nodes.length === 0}
          >
            <ChevronDown className="size-3.5!" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-64">
          {triggers.length > 0 ? <DropdownMenuLabel>Start from</DropdownMenuLabel> : null}
          {triggers.map((node) => (
            <DropdownMenuItem key={node.id} onSelect={() => actions.run({ triggerNodeId: node.id })}>
              <NodeIcon definition={definitionOf(node)} size="sm" />
              <span className="truncate">{node.name}</span>
            </DropdownMenuItem>
          ))}
          {triggers.length > 0 ? <DropdownMenuSeparator /> : null}
          <DropdownMenuItem onSelect={() => session.setState({ dialog: 'run-input' })}>
            Run with test data…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
