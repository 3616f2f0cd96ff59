'use client';

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cn } from '#lib/cn.ts';
import { EXPRESSION_MIME } from '../drag-data.ts';
import { isInTemplate } from './template-marks.ts';
import { highlighting, theme } from './theme.ts';

export interface CodeEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Language, completion, gutters …; must keep its identity between renders. */
  extensions: readonly Extension[];
  label: string;
  id?: string;
  placeholder?: string;
  readOnly?: boolean;
  invalid?: boolean;
  /** Tab indents; elsewhere Tab leaves the field, as keyboard users expect. */
  indents?: boolean;
  /** A dropped field becomes `{{ … }}` here; in code it stays bare. */
  templates?: boolean;
  autoFocus?: boolean;
  className?: string;
}

/** CodeMirror as a controlled React field. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, extensions, label, id, placeholder, readOnly = false, invalid, className } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const locked = useRef(new Compartment());

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what changes is dispatched below
  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...(latest.current.indents ? [indentWithTab] : []),
            ...defaultKeymap.filter((k) => k.key !== 'Mod-Enter'),
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, ...(id ? { id } : {}) }),
          ...(placeholder ? [placeholderText(placeholder)] : []),
          locked.current.of(EditorState.readOnly.of(readOnly)),
          theme,
          highlighting,
          ...extensions,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            drop: (event, at) => dropExpression(event, at, latest.current.templates),
          }),
        ],
      }),
    });
    view.current = editor;
    if (latest.current.autoFocus) {
      editor.focus();
      const blank = /\{\{ {2}\}\}$/.exec(latest.current.value);
      editor.dispatch({ selection: { anchor: blank ? blank.index + 3 : editor.state.doc.length } });
    }
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [extensions]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: locked.current.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);

  return (
    <div
      ref={host}
      className={cn(
        'nodrag nowheel overflow-hidden rounded-md border border-border bg-surface shadow-card focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/25 hover:border-border-strong',
        invalid && 'border-danger',
        className,
      )}
    />
  );
}

/** Puts a field that was dragged from a data panel where the pointer is. */
function dropExpression(event: DragEvent, view: EditorView, templates = false): boolean {
  const expression = event.dataTransfer?.getData(EXPRESSION_MIME);
  if (!expression || view.state.readOnly) return false;
  event.preventDefault();
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
  const wrap = templates && !isInTemplate(view.state.doc.toString(), at);
  const insert = wrap ? `{{ ${expression} }}` : expression;
  view.dispatch({ changes: { from: at, insert }, selection: { anchor: at + insert.length } });
  view.focus();
  return true;
}
