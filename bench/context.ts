import { activate } from './api.ts';
import { drained } from './executions.ts';
import { post } from './load.ts';
import { type ApartProduct, type Product, startApart, startProduct } from './product.ts';
import { setIfSet } from './workflows.ts';

/**
 * What a scenario measures. One product runs at a time: asking for another stops the one before, so that none is
 * measured beside another's idle processes.
 */
export interface Context {
  /** As `npm start` runs it, warm; scenarios that leave nothing behind use it one after the other. */
  shared(): Promise<Product>;
  /** As `npm start` runs it, cold and empty. */
  fresh(): Promise<Product>;
  /** Web and worker apart. */
  apart(): Promise<ApartProduct>;
  stop(): Promise<void>;
}

export function createContext(): Context {
  let running: Product | null = null;
  let shared: Product | null = null;
  const stop = async () => {
    await running?.stop();
    running = shared = null;
  };
  return {
    async shared() {
      if (shared) return shared;
      await stop();
      running = shared = await startProduct();
      await warm(shared);
      return shared;
    },
    async fresh() {
      await stop();
      return (running = await startProduct());
    },
    async apart() {
      await stop();
      const product = await startApart();
      running = product;
      return product;
    },
    stop,
  };
}

/** Until the compilers of both processes have seen the hot paths. */
export async function warm({ api, url }: Product): Promise<void> {
  const hook = await activate(api, setIfSet());
  await post(hook.url, 10, { seconds: 2 });
  await drained(url);
}
