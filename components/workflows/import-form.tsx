'use client';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Label } from '#components/ui/label.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { cn } from '#lib/cn.ts';

const MAX_BYTES = 10_000_000;

interface ImportFormProps {
  pending: boolean;
  error: string | null;
  onImport: (text: string) => void;
  onClose: () => void;
}

/** Paste the text, drop a file or choose one. */
export function ImportForm({ pending, error, onImport, onClose }: ImportFormProps) {
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setProblem(chosen.size > MAX_BYTES ? `“${chosen.name}” is larger than 10 MB.` : null);
    if (chosen.size <= MAX_BYTES) setText(await chosen.text());
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') setProblem('Paste a workflow or choose a file first.');
        else onImport(text);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className="flex min-h-0 flex-col"
    >
      <DialogBody>
        <div
          className={cn(
            'flex items-center gap-3 rounded-lg border border-dashed border-border-strong px-4 py-4 transition-colors',
            over && 'border-accent bg-accent-soft',
          )}
        >
          <FileUp aria-hidden="true" className="size-5 shrink-0 text-foreground-subtle" />
          <p className="flex-1 text-ui text-foreground-muted">Drop a .json or .yaml file here.</p>
          <Button size="sm" onClick={() => file.current?.click()}>
            Choose file
          </Button>
          <input
            ref={file}
            type="file"
            accept=".json,.yaml,.yml,application/json"
            aria-label="Workflow file"
            className="hidden"
            onChange={(event) => void read(event.target.files?.[0])}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="import-text">Or paste it</Label>
          <Textarea
            id="import-text"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(null);
            }}
            spellCheck={false}
            placeholder={'{\n  "name": "My workflow",\n  "nodes": […],\n  "connections": {…}\n}'}
            className="max-h-64 min-h-44 font-mono text-xs! [field-sizing:fixed]"
          />
        </div>
        {(problem ?? error) ? <Callout tone="danger">{problem ?? error}</Callout> : null}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Import
        </Button>
      </DialogFooter>
    </form>
  );
}
