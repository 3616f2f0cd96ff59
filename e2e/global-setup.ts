import { startSystem } from '#tests/support/system.ts';

/** One system for all specs; its address is in E2E_URL. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const system = await startSystem();
  process.env.E2E_URL = system.url;
  return () => system.stop();
}
