import type { EngineEvent } from '#engine/events.ts';
import { isStored, type Outputs } from '#engine/item.ts';
import { getStorage } from './open.ts';

/**
 * A history that another execution goes on with: its large outputs are copied, since those of the original go when the
 * original is deleted. Rejects with StorageError(missing) when they are gone already.
 */
export async function adoptOutputs(
  events: readonly EngineEvent[],
  executionId: string,
): Promise<EngineEvent[]> {
  const adopted: EngineEvent[] = [];
  for (const event of events) {
    const outputs = 'outputs' in event ? event.outputs : undefined;
    if (!outputs || !Object.values(outputs).some(isStored)) adopted.push(event);
    else adopted.push({ ...event, outputs: await copied(outputs, executionId) } as EngineEvent);
  }
  return adopted;
}

async function copied(outputs: Outputs, executionId: string): Promise<Outputs> {
  const copies: Outputs = {};
  for (const [port, output] of Object.entries(outputs)) {
    if (!isStored(output)) copies[port] = output;
    else {
      const key = `executions/${executionId}/${output.stored.split('/').at(-1)}`;
      await getStorage().copy(output.stored, key);
      copies[port] = { ...output, stored: key };
    }
  }
  return copies;
}
