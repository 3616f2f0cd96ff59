import { log } from './log.ts';

interface Options<Value> {
  /** One in the process has this name; says in the log what was lost. */
  name: string;
  everyMs: number;
  /** Entries that may wait; with one more, all are written at once. */
  maxEntries: number;
  write(entries: [key: string, value: Value][]): Promise<void>;
  /** What could not be written is tried again with the next, instead of being given up. */
  keeps?: boolean;
}

/**
 * What is noted at every call but worth no query at every call: it is gathered in memory by key and written together every
 * few seconds. A process that dies loses that much.
 */
export class WriteBehind<Value> {
  private readonly options: Options<Value>;
  private entries = new Map<string, Value>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(options: Options<Value>) {
    this.options = options;
  }

  /** What is noted under this key since the last write, made first if there is nothing: change it as you like. */
  at(key: string, make: () => Value): Value {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    if (this.entries.size >= this.options.maxEntries) void this.flush();
    const made = make();
    this.entries.set(key, made);
    this.schedule();
    return made;
  }

  /** Writes what waits. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { entries } = this;
    this.entries = new Map();
    this.writing = this.writing.then(() => this.write(entries));
    return this.writing;
  }

  private async write(entries: Map<string, Value>): Promise<void> {
    if (entries.size === 0) return;
    const { name, write, keeps } = this.options;
    try {
      await write([...entries]);
    } catch (error) {
      log.warn(
        { error: (error as Error).message, entries: entries.size, keeps },
        `${name} could not be written`,
      );
      if (keeps) this.takeBack(entries);
    }
  }

  private takeBack(entries: Map<string, Value>): void {
    for (const [key, value] of entries) {
      if (this.entries.size >= this.options.maxEntries) break;
      if (!this.entries.has(key)) this.entries.set(key, value);
    }
    this.schedule();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => void this.flush(), this.options.everyMs).unref();
  }
}

/** Kept on globalThis: the web process loads its modules twice, once bundled by Next and once by its own listener. */
const home = globalThis as typeof globalThis & { linkflowWrites?: Map<string, WriteBehind<unknown>> };

export function writeBehind<Value>(options: Options<Value>): WriteBehind<Value> {
  const all = (home.linkflowWrites ??= new Map());
  let one = all.get(options.name) as WriteBehind<Value> | undefined;
  if (!one) all.set(options.name, (one = new WriteBehind(options)) as WriteBehind<unknown>);
  return one;
}

/** For the end of a process. */
export async function flushWrites(): Promise<void> {
  await Promise.all([...(home.linkflowWrites?.values() ?? [])].map((one) => one.flush()));
}
