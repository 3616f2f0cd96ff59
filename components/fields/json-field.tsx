'use client';

import { autocompletion } from '@codemirror/autocomplete';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { linter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { useMemo, useRef } from 'react';
import { hasTemplate, type JsonField } from '#nodes/fields.ts';
import { CodeEditor } from './code-mirror/code-editor.tsx';
import { templateCompletion } from './code-mirror/template-completion.ts';
import { closeTemplate, templateMarks } from './code-mirror/template-marks.ts';
import type { ControlProps } from './control-props.ts';
import { ExpressionPreview } from './expression-preview.tsx';
import { useForm } from './form-context.tsx';

/** JSON text, with `{{ }}` where values come from the item. It is kept as typed: formatting is the user's. */
export function JsonFieldControl({ field, value, onChange, id }: ControlProps<JsonField>) {
  const { readOnly, world } = useForm();
  const latest = useRef(world);
  latest.current = world;
  const templates = field.template !== false;
  const extensions = useMemo(
    () => [
      json(),
      // a template may stand where JSON wants a value: only text without any is checked
      linter((view) => (isChecked(view.state.doc.toString()) ? jsonParseLinter()(view) : [])),
      EditorView.theme({ '.cm-content': { minHeight: '88px' } }),
      ...(templates
        ? [
            templateMarks,
            closeTemplate,
            autocompletion({ icons: false, override: [templateCompletion(() => latest.current)] }),
          ]
        : []),
    ],
    [templates],
  );
  const text = typeof value === 'string' ? value : pretty(value ?? field.default);
  return (
    <div>
      <CodeEditor
        id={id}
        label={field.label}
        value={text}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        extensions={extensions}
        placeholder={field.placeholder}
        readOnly={readOnly}
        templates={templates}
        indents
        className="max-h-96 overflow-y-auto"
      />
      {templates ? <ExpressionPreview template={text} /> : null}
    </div>
  );
}

const isChecked = (text: string) => text.trim() !== '' && !hasTemplate(text);

function pretty(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return '';
  return JSON.stringify(value, null, 2) ?? '';
}
