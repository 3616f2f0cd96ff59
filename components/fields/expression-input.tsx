'use client';

import { autocompletion } from '@codemirror/autocomplete';
import { useMemo, useRef } from 'react';
import { CodeEditor } from './code-mirror/code-editor.tsx';
import { templateCompletion } from './code-mirror/template-completion.ts';
import { closeTemplate, templateMarks } from './code-mirror/template-marks.ts';
import { ExpressionPreview } from './expression-preview.tsx';
import { type TemplateWorld, useForm } from './form-context.tsx';

interface ExpressionInputProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  invalid?: boolean;
  autoFocus?: boolean;
  /** The value it has is not shown. */
  secret?: boolean;
}

/** Text with `{{ }}` blocks, completion from real data, and the value it has for the current item. */
export function ExpressionInput({ secret = false, ...props }: ExpressionInputProps) {
  const form = useForm();
  const extensions = useTemplateExtensions(form.world);
  return (
    <div>
      <CodeEditor
        {...props}
        extensions={extensions}
        readOnly={form.readOnly}
        templates
        className="max-h-60 overflow-y-auto"
      />
      {secret ? null : <ExpressionPreview template={props.value} />}
    </div>
  );
}

/** Extensions that read the newest data, but are made only once: new ones would rebuild the editor. */
export function useTemplateExtensions(world: TemplateWorld) {
  const latest = useRef(world);
  latest.current = world;
  return useMemo(
    () => [
      templateMarks,
      closeTemplate,
      autocompletion({ icons: false, override: [templateCompletion(() => latest.current)] }),
    ],
    [],
  );
}
