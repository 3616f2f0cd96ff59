'use client';
import { RotateCcw, X } from 'lucide-react';
import { Card } from '#components/ui/card.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { UploadState } from './use-uploads.ts';

interface UploadsProps {
  uploads: readonly UploadState[];
  onAgain: (upload: UploadState) => void;
  onDismiss: (id: number) => void;
}

export function Uploads({ uploads, onAgain, onDismiss }: UploadsProps) {
  if (uploads.length === 0) return null;
  return (
    <Card className="mb-3">
      <ul className="divide-y divide-border" aria-label="Uploads">
        {uploads.map((upload) => (
          <li key={upload.id} className="flex items-center gap-3 px-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium text-ui">{upload.file.name}</p>
              {upload.failure ? (
                <p role="alert" className="text-danger text-xs">
                  {upload.failure}
                </p>
              ) : (
                <progress
                  aria-label={`Uploading ${upload.file.name}`}
                  value={upload.progress}
                  className="mt-1 h-1 w-full accent-accent"
                />
              )}
            </div>
            {upload.failure ? (
              <>
                <IconButton label={`Upload ${upload.file.name} again`} onClick={() => onAgain(upload)}>
                  <RotateCcw />
                </IconButton>
                <IconButton label="Dismiss" onClick={() => onDismiss(upload.id)}>
                  <X />
                </IconButton>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
