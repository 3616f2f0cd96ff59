'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { FolderOpen, SearchX, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
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
  if (list.isPending)
    return (
      <Card>
        <ListSkeleton label="Loading files" />
      </Card>
    );
  if (list.isError) return <QueryError error={list.error} onRetry={() => list.refetch()} />;
  const files = list.data.pages.flatMap((page) => page.data);
  const outline = highlighted && 'outline-2 outline-accent outline-dashed outline-offset-2';
  if (files.length === 0 && search === '')
    return (
      <Card className={cn(outline)}>
        <NoFiles onUpload={onUpload} />
      </Card>
    );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SearchInput label="Search files" value={text} onValueChange={setText} className="w-full sm:w-72" />
        {usage ? (
          <p className="text-foreground-muted text-xs tabular-nums">
            {sizeText(usage.usedBytes)} of {sizeText(usage.maxBytes)} used
          </p>
        ) : null}
      </div>
      <Card
        aria-label="Files"
        className={cn('transition-opacity', list.isPlaceholderData && 'opacity-60', outline)}
      >
        {files.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title={`No file matches “${search}”`}
            actions={<Button onClick={() => setText('')}>Clear the search</Button>}
          />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={cn(
                FILE_COLUMNS,
                'hidden border-border border-b px-4 py-2 font-medium text-foreground-subtle text-xs md:grid',
              )}
            >
              <span>Path</span>
              <span className="text-right">Size</span>
              <span>Changed</span>
            </div>
            <ul className="divide-y divide-border">
              {files.map((file) => (
                <FileRow key={file.path} file={file} />
              ))}
            </ul>
          </>
        )}
      </Card>
      {list.hasNextPage ? (
        <Button
          className="self-center"
          pending={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
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
