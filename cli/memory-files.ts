import type { FileDoor } from '#engine/node.ts';
import { aboutFile, readWhole } from '#server/storage/file-door.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Files of a run that keeps nothing: items carry their content. */
export function createMemoryFiles(): FileDoor {
  const open: FileDoor['open'] = async function* ({ data = '' }) {
    yield Buffer.from(data, 'base64');
  };
  return {
    async write(content, { name, mimeType }) {
      const bytes = content instanceof Uint8Array ? content : await readWhole(content, MAX_BYTES, name);
      return {
        ...aboutFile(name, mimeType),
        sizeBytes: bytes.length,
        data: Buffer.from(bytes).toString('base64'),
      };
    },
    open,
    read: (file, maxBytes = MAX_BYTES) => readWhole(open(file), maxBytes, file.name),
  };
}
