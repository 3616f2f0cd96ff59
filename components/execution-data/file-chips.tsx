'use client';

import { Download, File, FileImage } from 'lucide-react';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { sizeText } from '#engine/file-view.ts';
import type { FileRef } from '#engine/item.ts';

/** The files of one item: what each is called, how large it is, and the file itself. */
export function FileChips({ files }: { files: Record<string, FileRef> }) {
  return (
    <ul className="flex flex-wrap gap-1.5 py-0.5 font-sans" aria-label="Files">
      {Object.entries(files).map(([key, file]) => (
        <li key={key}>
          <FileChip name={key} file={file} />
        </li>
      ))}
    </ul>
  );
}

function FileChip({ name, file }: { name: string; file: FileRef }) {
  const path = useWorkspacePath();
  const href = hrefOf(file, path);
  const isImage = file.mimeType.startsWith('image/');
  const Icon = isImage ? FileImage : File;
  const label = (
    <>
      {isImage && href ? (
        // biome-ignore lint/performance/noImgElement: a file of a user, which only this address may give
        <img src={href} alt="" loading="lazy" className="size-6 rounded-sm object-cover" />
      ) : (
        <Icon className="size-3.5 shrink-0 text-foreground-subtle" aria-hidden />
      )}
      <span className="max-w-48 truncate font-medium">{file.name ?? name}</span>
      <span className="shrink-0 text-foreground-subtle tabular-nums">{sizeText(file.sizeBytes)}</span>
    </>
  );
  const look =
    'inline-flex h-7 items-center gap-1.5 rounded-md border border-border bg-surface px-1.5 text-xs';
  const title = `${name}: ${file.mimeType}`;
  if (!href)
    return (
      <span className={look} title={title}>
        {label}
      </span>
    );
  return (
    <a
      href={href}
      download={file.name ?? name}
      title={title}
      className={`${look} hover:border-border-strong hover:bg-muted focus-visible:outline-2`}
    >
      {label}
      <Download className="size-3.5 shrink-0 text-foreground-subtle" aria-label="Download" />
    </a>
  );
}

/** Where the content is: in the storage, or in the item itself. */
export function hrefOf(file: FileRef, path: (place: string) => string): string | null {
  if (file.data) return `data:${file.mimeType};base64,${file.data}`;
  const [kind, , executionId, name] = file.id?.split('/') ?? [];
  if (kind !== 'files' || !executionId || !name) return null;
  const as = file.name ? `?as=${encodeURIComponent(file.name)}` : '';
  return path(`executions/${executionId}/files/${encodeURIComponent(name)}${as}`);
}
