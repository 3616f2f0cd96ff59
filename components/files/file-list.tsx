'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { FolderOpen, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { useDebounced } from '#components/ui/use-debounced.ts';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { sizeText } from '#engine/file-view.ts';
import { cn } from '#lib/cn.ts';
import { FILE_COLUMNS, FileRow } from './file-row.tsx';

interface FileListProps {
  usage: { files: number; usedBytes: number; maxBytes: number } | undefined;
  onUpload: () => void;
  /** Something is held over the page. */
  highlighted: boolean;
}

export function FileList({ usage, onUpload, highlighted }: FileListProps) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim());
  const list = useInfiniteQuery({
    ...trpc.files.list.infiniteQueryOptions(search ? { search } : {}, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const outline = highlighted && 'outline-2 outline-accent outline-dashed outline-offset-2';
  return (
    <PagedList
      list={list}
      label="Files"
      className={outline}
      filter={search === '' ? null : { noMatch: `No file matches “${search}”`, clear: () => setText('') }}
      empty={
        <Card className={cn(outline)}>
          <NoFiles onUpload={onUpload} />
        </Card>
      }
      columns={{
        className: FILE_COLUMNS,
        heads: (
          <>
            <span>Path</span>
            <span className="text-right">Size</span>
            <span>Changed</span>
          </>
        ),
      }}
      row={(file) => <FileRow key={file.path} file={file} />}
      toolbar={
        <div className="flex flex-wrap items-center justify-between gap-3">
          <SearchInput label="Search files" value={text} onValueChange={setText} className="w-full sm:w-72" />
          {usage ? (
            <p className="text-foreground-muted text-xs tabular-nums">
              {sizeText(usage.usedBytes)} of {sizeText(usage.maxBytes)} used
            </p>
          ) : null}
        </div>
      }
    />
  );
}

function NoFiles({ onUpload }: { onUpload: () => void }) {
  const may = useMay();
  return (
    <EmptyState
      icon={<FolderOpen />}
      title="No files yet"
      actions={
        may.edit ? (
          <Button variant="primary" onClick={onUpload}>
            <Upload />
            Upload files
          </Button>
        ) : null
      }
    >
      <p>
        Files of a run go with it. What the node “Workspace files” writes stays here by its path, such as{' '}
        <code className="font-mono text-xs">reports/may.csv</code>, and every workflow of this workspace can
        read it.
      </p>
    </EmptyState>
  );
}
