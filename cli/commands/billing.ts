import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, UsageError } from '../usage.ts';

const USAGE = 'billing setup   or   billing reconcile [--dry-run]';

/** `setup` makes products, prices, meter and portal in Stripe; `reconcile` compares what is bought with what Stripe says. */
export async function billingCommand([action, ...args]: string[]): Promise<unknown> {
  if (action === 'setup') {
    readArgs(args, { usage: USAGE, options: {} });
    const { setUpStripe } = await import('#server/billing/setup.ts');
    return withDatabase(async () => ({ done: await setUpStripe() }));
  }
  if (action !== 'reconcile') throw new UsageError(`Usage: ${USAGE}`);
  const { values } = readArgs(args, { usage: USAGE, options: { 'dry-run': { type: 'boolean' } } });
  const { openStripe } = await import('#server/billing/gateway.ts');
  const { reconcileBilling } = await import('#server/billing/reconcile.ts');
  return withDatabase(async () => {
    await openStripe(); // says that there is no key
    return { differences: await reconcileBilling({ dryRun: values['dry-run'] === true }) };
  });
}
