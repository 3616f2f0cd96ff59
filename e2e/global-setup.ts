import { startSystem } from '#tests/support/system.ts';
import { startOidcServer } from './fakes/oidc-server.ts';

/** One system for all specs; its address is in E2E_URL. One that already runs is used when E2E_URL is set. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.E2E_URL) return undefined;
  const oidc = await startOidcServer();
  const system = await startSystem({ env: oidc.env });
  process.env.E2E_URL = system.url;
  process.env.E2E_DATA_DIR = system.dataDir;
  return async () => {
    await system.stop();
    await oidc.stop();
  };
}
