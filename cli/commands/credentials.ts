import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, UsageError } from '../usage.ts';

const USAGE = 'credentials rotate [--data-keys]   or   credentials list|create …';

/** Brings all secrets under the current LINKFLOW_MASTER_KEY (the old one in LINKFLOW_PREVIOUS_MASTER_KEYS), with `--data-keys` under fresh keys too. */
export async function credentialsCommand([action, ...args]: string[]): Promise<unknown> {
  if (action === 'list' || action === 'create') {
    const { remoteCredentialsCommand } = await import('./remote-credentials.ts');
    return remoteCredentialsCommand(action, args);
  }
  if (action !== 'rotate') throw new UsageError(`Usage: ${USAGE}`);
  const { values } = readArgs(args, { usage: USAGE, options: { 'data-keys': { type: 'boolean' } } });
  const { rotateKeys } = await import('#server/credentials/rotate.ts');
  return withDatabase(() => rotateKeys({ dataKeys: values['data-keys'] === true }));
}
