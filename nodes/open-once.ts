import type { ExecuteContext } from '#engine/node.ts';

type Data = Readonly<Record<string, unknown>>;

/** What the credential in a place of the node holds: opened once for all items of a run, and not at all before it is asked for. */
export function openOnce(context: Pick<ExecuteContext, 'credential'>, slot: string): () => Promise<Data> {
  let opened: Promise<Data> | undefined;
  return () => {
    opened ??= context.credential(slot).then(({ data }) => data);
    return opened;
  };
}
