'use client';
import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { FileList } from './file-list.tsx';
import { Uploads } from './uploads.tsx';
import { useUploads } from './use-uploads.ts';

/** The files of the workspace; they are dropped anywhere on the page. */
export function FilesPage() {
  const trpc = useTRPC();
  const may = useMay();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { uploads, add, again, dismiss } = useUploads();
  const usage = useQuery(trpc.files.usage.queryOptions());
  const choose = () => picker.current?.click();
  const isEmpty = usage.data?.files === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same
    <div
      className="contents"
      onDragOver={(event) => {
        if (!may.edit || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!may.edit || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
    >
      <Page
        title="Files"
        description="What your workflows read and write, and what stays when their runs are gone."
        actions={
          may.edit && !isEmpty ? (
            <Button variant="primary" onClick={choose}>
              <Upload />
              Upload
            </Button>
          ) : null
        }
      >
        <input
          ref={picker}
          type="file"
          multiple
          aria-label="Files to upload"
          className="hidden"
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Uploads uploads={uploads} onAgain={again} onDismiss={dismiss} />
        <FileList usage={usage.data} onUpload={choose} highlighted={over} />
      </Page>
    </div>
  );
}
