'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useEditorContext } from '../editor-context.tsx';
import { disconnect, moveNodes, removeNodes, setDisabled } from '../store/draft.ts';
import { nodeById } from '../store/editor-store.ts';
import { GRID, type Point } from '../store/geometry.ts';
import { type Direction, neighbour, reach } from '../store/navigate.ts';
import { copySelection, duplicateSelection, pasteText } from './clipboard-actions.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const STEPS: Record<Direction, Point> = {
  left: { x: -GRID, y: 0 },
  right: { x: GRID, y: 0 },
  up: { x: 0, y: -GRID },
  down: { x: 0, y: GRID },
};

/** The keys of the editor. They rest while somebody types, or while a dialog or menu is open. */
export function useShortcuts(): void {
  const { store, editing } = useEditorContext();
  const flow = useReactFlow();
  const api = useStoreApi();
  const pointer = useRef<Point | null>(null);

  useEffect(() => {
    const track = (event: PointerEvent) => {
      const inside = (event.target as Element | null)?.closest?.('.lf-canvas');
      pointer.current = inside ? { x: event.clientX, y: event.clientY } : null;
    };
    const centre = (): Point => {
      const box = api.getState().domNode?.getBoundingClientRect();
      return flow.screenToFlowPosition(
        pointer.current ?? {
          x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
        },
      );
    };

    const withMod = (event: KeyboardEvent): boolean => {
      const { undo, redo, select, draft, readOnly } = store.getState();
      switch (event.key.toLowerCase()) {
        case 'z':
          event.shiftKey ? redo() : undo();
          return true;
        case 'y':
          redo();
          return true;
        case 'a':
          select(draft.nodes.map((n) => n.id));
          return true;
        case 'c':
          if (getSelection()?.toString()) return false;
          copySelection(store);
          return store.getState().selection.length > 0;
        case 'x':
          copySelection(store, { cut: !readOnly });
          return true;
        case 'd':
          duplicateSelection(store);
          return true;
        case 's':
          editing?.actions.saveNow();
          return true;
        case 'enter':
          editing?.actions.run();
          return true;
        default:
          return false;
      }
    };

    const arrow = (event: KeyboardEvent, direction: Direction): boolean => {
      const { draft, selection, select, change } = store.getState();
      const current = selection.at(-1);
      if (!current) {
        const first = draft.nodes[0];
        if (first) select([first.id]);
        return first !== undefined;
      }
      if (event.altKey) {
        const step = STEPS[direction];
        const moved = new Map(
          selection.flatMap((id) => {
            const at = nodeById(draft, id)?.position;
            return at ? [[id, { x: at.x + step.x, y: at.y + step.y }] as const] : [];
          }),
        );
        change((d) => moveNodes(d, moved), 'arrow-move');
      } else if (event.shiftKey && (direction === 'left' || direction === 'right')) {
        select(reach(draft, selection, direction === 'right' ? 'down' : 'up'));
      } else {
        const next = neighbour(draft, current, direction);
        if (next) select([next]);
      }
      return true;
    };

    const plain = (event: KeyboardEvent): boolean => {
      const state = store.getState();
      const { selection, selectedEdges, draft, change } = state;
      const direction = ARROWS[event.key];
      if (direction) return arrow(event, direction);
      switch (event.key) {
        case 'Delete':
        case 'Backspace':
          change((d) => disconnect(removeNodes(d, new Set(selection)), new Set(selectedEdges)));
          return selection.length + selectedEdges.length > 0;
        case 'Tab':
          // once a control has the focus, Tab goes on to the next one as everywhere else
          if (document.activeElement !== document.body && !document.activeElement?.closest('.lf-canvas'))
            return false;
          state.openPalette({});
          return true;
        case 'n':
        case 'N':
          state.openPalette({});
          return true;
        case 'Enter':
          if (selection.length !== 1 || document.activeElement?.closest('button, a')) return false;
          state.openNode(selection[0] ?? null);
          return true;
        case 'd':
        case 'D': {
          const all = selection.every((id) => nodeById(draft, id)?.disabled);
          if (selection.length > 0) change((d) => setDisabled(d, new Set(selection), !all));
          return selection.length > 0;
        }
        case 'F2': {
          const id = selection[0];
          if (!id) return false;
          state.openNode(id);
          setTimeout(
            () => document.querySelector<HTMLInputElement>('input[aria-label="Node name"]')?.select(),
            80,
          );
          return true;
        }
        case '1':
          flow.fitView({ padding: 0.12, maxZoom: 1.1, duration: 200 });
          return true;
        case 'L':
          document.querySelector<HTMLButtonElement>('[data-testid="tidy"]')?.click();
          return true;
        case '?':
          editing?.session.setState({ dialog: 'shortcuts' });
          return true;
        case 'Escape':
          if (state.openNodeId) state.openNode(null);
          else if (state.palette) state.openPalette(null);
          else state.select([]);
          return true;
        default:
          return false;
      }
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      const handled = event.metaKey || event.ctrlKey ? withMod(event) : plain(event);
      if (handled) event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || store.getState().readOnly || hasDialog()) return;
      const text = event.clipboardData?.getData('text/plain');
      if (!text) return;
      event.preventDefault();
      void pasteText({ store, editing, flow }, text, centre());
    };
    addEventListener('keydown', onKey);
    addEventListener('paste', onPaste);
    addEventListener('pointermove', track, { passive: true });
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('paste', onPaste);
      removeEventListener('pointermove', track);
    };
  }, [store, editing, flow, api]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [contenteditable="true"]') !== null);

const hasDialog = () => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

/** Saving and running work even from inside a field; everything else belongs to the field or the dialog. */
function isTaken(event: KeyboardEvent): boolean {
  const always = (event.metaKey || event.ctrlKey) && ['s', 'enter'].includes(event.key.toLowerCase());
  if (always) return document.querySelector('[role="alertdialog"]') !== null;
  return isTyping(event.target) || hasDialog();
}
