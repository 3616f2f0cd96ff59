import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startSystem } from '#tests/support/system.ts';
import { type StripeServer, startStripeServer } from './fakes/stripe/server.ts';

const SECRET = 'whsec_of_these_specs';

/**
 * A system of its own that sells plans: with Stripe, workspaces begin with the limits of the free one, which other specs must
 * not meet. What the helpers call the system under test is this one until `stop`.
 */
export async function startSellingSystem(): Promise<{ fake: StripeServer; stop(): Promise<void> }> {
  const before = { url: process.env.E2E_URL, dataDir: process.env.E2E_DATA_DIR };
  const fake = await startStripeServer({ catalog: { plans: [], metered: [] } });
  const env = {
    STRIPE_SECRET_KEY: fake.key,
    STRIPE_WEBHOOK_SECRET: SECRET,
    STRIPE_API_URL: fake.origin,
    LINKFLOW_SALES_EMAIL: 'sales@example.com',
  };
  const system = await startSystem({ env });
  Object.assign(process.env, { E2E_URL: system.url, E2E_DATA_DIR: system.dataDir });
  const stop = async () => {
    await system.stop();
    await fake.stop();
    restore('E2E_URL', before.url);
    restore('E2E_DATA_DIR', before.dataDir);
  };
  try {
    await setUpPrices({ ...process.env, ...env, LINKFLOW_DATA_DIR: system.dataDir });
    fake.control.endpoint({ url: `${system.url}/api/stripe`, secret: SECRET });
    return { fake, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Not by `cli`, which holds this process up: the sandbox in it could not answer. */
const setUpPrices = (env: NodeJS.ProcessEnv) =>
  promisify(execFile)(
    process.execPath,
    [path.resolve(import.meta.dirname, '../cli/main.ts'), 'billing', 'setup'],
    { env },
  );

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
