import { appendFile, glob, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NodeError } from '#engine/errors.ts';
import type { FileDoor, WorkspaceFile, WorkspaceFiles } from '#engine/node.ts';
import { aboutFile } from '#server/storage/file-door.ts';

const MAX_LISTED = 1_000;

/** What nodes call the files of the workspace are files of this machine here, read with the rights of whoever runs the command. */
export function createLocalFiles(files: FileDoor): WorkspaceFiles {
  const about = async (file: string): Promise<WorkspaceFile> => {
    const { size, mtimeMs } = await stat(file);
    return {
      path: file,
      mimeType: aboutFile(file, undefined).mimeType,
      sizeBytes: size,
      modifiedAt: mtimeMs,
    };
  };
  return {
    async list(pattern) {
      const found: string[] = [];
      for await (const file of glob(pattern)) {
        found.push(file);
        if (found.length >= MAX_LISTED) break;
      }
      const listed = await Promise.all(
        found.sort().map(async (file) => ((await stat(file)).isFile() ? [file] : [])),
      );
      return Promise.all(listed.flat().map(about));
    },
    async read(given) {
      const content = await readFile(given).catch((error: NodeJS.ErrnoException) => {
        throw new NodeError('config', `“${given}” cannot be read (${error.code}).`);
      });
      return files.write(content, { name: path.basename(given) });
    },
    async write(given, content, { append = false } = {}) {
      await mkdir(path.dirname(given), { recursive: true });
      await (append ? appendFile : writeFile)(given, content);
      return about(given);
    },
  };
}
