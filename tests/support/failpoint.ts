import pg from 'pg';

/**
 * Loaded into a process with `--import`: once told to by a message, that process dies, or loses the connection, exactly
 * before the nth statement of a name is sent or right after its result arrived, before anybody has seen it. Nothing in
 * the product knows of it.
 */
export interface Failpoint {
  /** The name of a prepared statement, or one of `UNNAMED`. */
  statement: string;
  /** `after` counts only statements that changed or found something: a look into an empty queue is no boundary. */
  when: 'before' | 'after';
  /** From 1, counted from the moment of the order. */
  nth: number;
  how: 'die' | 'cut';
}

/** How many statements were sent and how many had a result, since the last order. */
export type Counts = Record<string, { before: number; after: number }>;

/** Orders to the process; `count` is answered with `{counts}`, and a cut is told with `{reached}`. */
export type Order = { failpoint: Failpoint } | { count: true };

/** Statements that matter and have no name, by something only they say. */
const UNNAMED: readonly [string, RegExp][] = [
  ['wake', /set wakes = wakes \+ 1/],
  ['take-over', /with dead as/],
  ['version', /select content from workflow_version/],
];

let counts: Counts = {};
let armed: Failpoint | null = null;

process.on('message', (message: Partial<{ failpoint: Failpoint; count: true }>) => {
  if (message.failpoint) {
    counts = {};
    armed = message.failpoint;
  } else if (message.count) {
    process.send?.({ counts });
    counts = {};
  }
});

function nameOf(statement: unknown): string | null {
  const { name, text } = (typeof statement === 'string' ? { text: statement } : (statement ?? {})) as {
    name?: string;
    text?: string;
  };
  if (name) return name;
  return UNNAMED.find(([, pattern]) => typeof text === 'string' && pattern.test(text))?.[0] ?? null;
}

/** Counts one; true when the connection must be cut here. Does not return when the process must die here. */
function reach(statement: string, when: Failpoint['when']): boolean {
  const count = (counts[statement] ??= { before: 0, after: 0 });
  count[when]++;
  if (armed?.statement !== statement || armed.when !== when || armed.nth !== count[when]) return false;
  if (armed.how === 'die') process.kill(process.pid, 'SIGKILL');
  process.send?.({ reached: armed });
  armed = null;
  return true;
}

type Callback = (error: Error | null, result?: pg.QueryResult) => void;
type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;

prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
  const name = nameOf(args[0]);
  if (name === null) return query.apply(this, args);
  const cut = (): Error => {
    (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    return new Error('Connection terminated unexpectedly'); // what pg says
  };
  if (reach(name, 'before')) cut();
  const found = (result: pg.QueryResult | undefined): boolean => (result?.rowCount ?? 0) > 0;
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    args[args.length - 1] = ((error, result) => {
      if (!error && found(result) && reach(name, 'after')) (callback as Callback)(cut());
      else (callback as Callback)(error, result);
    }) satisfies Callback;
    return query.apply(this, args);
  }
  return (query.apply(this, args) as Promise<pg.QueryResult>).then((result) => {
    if (found(result) && reach(name, 'after')) throw cut();
    return result;
  });
};
