'use client';

import { autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { javascript, localCompletionSource } from '@codemirror/lang-javascript';
import { foldGutter } from '@codemirror/language';
import { EditorView, highlightActiveLine, lineNumbers } from '@codemirror/view';
import { useMemo, useRef } from 'react';
import type { CodeField } from '#nodes/fields.ts';
import { CodeEditor } from './code-mirror/code-editor.tsx';
import { templateCompletion } from './code-mirror/template-completion.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

export function CodeFieldControl({ field, value, onChange, id }: ControlProps<CodeField>) {
  const { readOnly, world } = useForm();
  const latest = useRef(world);
  latest.current = world;
  const extensions = useMemo(
    () => [
      javascript(),
      lineNumbers(),
      foldGutter(),
      highlightActiveLine(),
      closeBrackets(),
      EditorView.theme({ '.cm-content': { minHeight: '240px' } }),
      autocompletion({
        icons: false,
        override: [templateCompletion(() => latest.current, { everywhere: true }), localCompletionSource],
      }),
    ],
    [],
  );
  return (
    <CodeEditor
      id={id}
      label={field.label}
      value={typeof value === 'string' ? value : (field.default ?? '')}
      onChange={onChange}
      extensions={extensions}
      placeholder={field.placeholder}
      readOnly={readOnly}
      indents
      className="max-h-[60vh] overflow-y-auto"
    />
  );
}
