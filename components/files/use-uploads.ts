'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';

export interface UploadState {
  id: number;
  file: File;
  /** 0 to 1 */
  progress: number;
  failure?: string;
}

let last = 0;

/** Uploads that are under way or have failed; those that are through go to the list of files. */
export function useUploads() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const path = useWorkspacePath();
  const [uploads, setUploads] = useState<UploadState[]>([]);

  const dismiss = useCallback((id: number) => setUploads((all) => all.filter((u) => u.id !== id)), []);
  const start = useCallback(
    async (file: File) => {
      const id = ++last;
      const change = (patch: Partial<UploadState>) =>
        setUploads((all) => all.map((u) => (u.id === id ? { ...u, ...patch } : u)));
      setUploads((all) => [...all, { id, file, progress: 0 }]);
      const failure = await send(
        `${path('files/content')}?path=${encodeURIComponent(file.name)}`,
        file,
        (progress) => change({ progress }),
      );
      if (failure) change({ failure });
      else {
        dismiss(id);
        await queryClient.invalidateQueries({ queryKey: trpc.files.pathKey() });
      }
    },
    [path, dismiss, queryClient, trpc],
  );

  return {
    uploads,
    add: (files: File[]) => {
      for (const file of files) void start(file);
    },
    again: ({ id, file }: UploadState) => {
      dismiss(id);
      void start(file);
    },
    dismiss,
  };
}

/** XMLHttpRequest, since fetch does not tell how far an upload is. Gives why it failed; never rejects. */
function send(url: string, file: File, onProgress: (progress: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(request.status < 300 ? null : detailOf(request));
    request.onerror = () => resolve('It could not be sent. Check your connection and try again.');
    request.send(file);
  });
}

function detailOf(request: XMLHttpRequest): string {
  try {
    return (
      (JSON.parse(request.responseText) as { detail?: string }).detail ??
      `The server answered ${request.status}.`
    );
  } catch {
    return `The server answered ${request.status}.`; // a proxy in between
  }
}
