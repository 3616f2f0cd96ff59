'use client';

import { autocompletion, closeBrackets, completeAnyWord } from '@codemirror/autocomplete';
import { javascript, localCompletionSource } from '@codemirror/lang-javascript';
import { foldGutter } from '@codemirror/language';
import { EditorView, highlightActiveLine, lineNumbers } from '@codemirror/view';
import { useMemo, useRef } from 'react';
import type { CodeField } from '#nodes/fields.ts';
import { CodeEditor } from './code-mirror/code-editor.tsx';
import { python } from './code-mirror/python.ts';
import { templateCompletion } from './code-mirror/template-completion.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

export function CodeFieldControl({ field, value, onChange, id }: ControlProps<CodeField>) {
  const { readOnly, world } = useForm();
  const latest = useRef(world);
  latest.current = world;
  const extensions = useMemo(
    () => [
      field.language === 'python' ? python() : javascript(),
      lineNumbers(),
      foldGutter(),
      highlightActiveLine(),
      closeBrackets(),
      EditorView.theme({ '.cm-content': { minHeight: '240px' } }),
      autocompletion({
        icons: false,
        override:
          field.language === 'python'
            ? [completeAnyWord]
            : [templateCompletion(() => latest.current, { everywhere: true }), localCompletionSource],
      }),
    ],
    [field.language],
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
