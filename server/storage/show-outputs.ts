import { type Item, isStored, type Outputs } from '#engine/item.ts';
import { loadItems } from './open.ts';
import type { StoredOutput } from './schema.ts';

export interface ShownOutputs {
  /** By port. */
  items: Record<string, Item[]>;
  /** The ports of which `items` has only the first ones. */
  stored: Record<string, StoredOutput>;
}

/**
 * Inputs or outputs of a node run as the API shows them. Stored ones are loaded while `room` (bytes, for a whole answer)
 * lasts, and shown by their first items after that. Rejects with NodeError when the storage does not give them.
 */
export async function showOutputs(outputs: Outputs, room: { bytes: number }): Promise<ShownOutputs> {
  const shown: ShownOutputs = { items: {}, stored: {} };
  for (const [port, output] of Object.entries(outputs)) {
    if (!isStored(output)) shown.items[port] = output;
    else if (output.stored !== '' && output.bytes <= room.bytes) {
      room.bytes -= output.bytes;
      shown.items[port] = await loadItems(output);
    } else {
      const { first, length: items, bytes, shortened = false } = output;
      shown.items[port] = first;
      shown.stored[port] = { items, bytes, url: urlOf(output.stored), shortened };
    }
  }
  return shown;
}

/** The key is `executions/<id>/<name>`. */
function urlOf(key: string): string | null {
  const [, id, name] = key.split('/');
  return id && name ? `/api/v1/executions/${id}/outputs/${name}` : null;
}
