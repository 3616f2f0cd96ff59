/**
 * Runs inside the isolate, before and around the user's code. Nothing here is a border: the code may break all of it and
 * harms only its own run. The border is the isolate, which holds no reference to anything outside.
 */
(() => {
  const MAX_LOG_LINES = 200;
  const MAX_LOG_CHARS = 4000;
  const MAX_TIMERS = 1000;
  const { itemViews, defineVariables } = globalThis.__parts;
  delete globalThis.__parts;
  const { parse, stringify } = JSON;
  const RealDate = Date;
  const realNow = Date.now;

  /** Called once by the host. Returns `step`, which begins the run and then says how far it is. */
  globalThis.__linkflow = function boot(itemsText, contextText, mode, maxChars) {
    // The others have no use in here but to reserve gigabytes and to block threads. (An image without them does not load.)
    for (const name of ['__linkflow', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete globalThis[name];
    const logs = [];
    const context = parse(contextText);
    const items = itemViews(parse(itemsText));
    shiftClock(context.$now);
    defineConsole(logs);
    const timers = defineTimers();
    /** What the code asked for, which may have changed since. */
    const staticData = {};
    const at = defineVariables(items, context, staticData);
    let settled = null;

    const all = async (code) => {
      const value = toJson(await code());
      checkSize(value === undefined ? 0 : value.length);
      return { value };
    };
    const each = async (code) => {
      const parts = [];
      const missing = [];
      let size = 0;
      for (let i = 0; i < items.length; i++) {
        at(i);
        try {
          const text = toJson(await code());
          if (text === undefined) missing.push(i);
          parts.push(text ?? 'null');
          size += text?.length ?? 4;
          checkSize(size);
        } catch (error) {
          throw { linkflowItem: i, error };
        }
      }
      return { value: `[${parts.join(',')}]`, missing };
    };
    const checkSize = (chars) => {
      if (chars > maxChars)
        throw { linkflowLimit: `The code returned more than ${maxChars / 1024 / 1024} MB.` };
    };

    return function step(code) {
      if (code) {
        const run = (mode === 'each-item' ? each : all)(code);
        run
          .then((done) => ({ ...done, staticData: toJson(staticData) }))
          .then(
            (done) => {
              settled = { state: 'done', ...done, logs };
            },
            (thrown) => {
              settled = { state: 'failed', ...failureOf(thrown), logs };
            },
          );
        return { state: 'running' };
      }
      return settled ?? timers.fire();
    };
  };

  /** A run with a clock of its own (tests, replays) sees that clock, going on from there. */
  function shiftClock(now) {
    if (typeof now !== 'number' || Math.abs(now - realNow()) < 60_000) return;
    const offset = now - realNow();
    const shifted = () => realNow() + offset;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length > 0 ? args : [shifted()], newTarget),
      apply: () => new RealDate(shifted()).toString(),
      get: (target, key, self) => (key === 'now' ? shifted : Reflect.get(target, key, self)),
    });
    RealDate.prototype.constructor = globalThis.Date;
  }

  function defineConsole(logs) {
    let dropped = 0;
    const line =
      (level) =>
      (...args) => {
        if (logs.length < MAX_LOG_LINES) {
          logs.push({ level, message: args.map(toText).join(' ').slice(0, MAX_LOG_CHARS) });
        } else if (dropped++ === 0) {
          logs[MAX_LOG_LINES - 1] = {
            level: 'warn',
            message: `Only the first ${MAX_LOG_LINES} lines are kept.`,
          };
        }
      };
    const info = line('info');
    globalThis.console = {
      log: info,
      info,
      debug: line('debug'),
      trace: line('debug'),
      warn: line('warn'),
      error: line('error'),
      table: info,
      dir: info,
    };
  }

  function toText(value) {
    if (typeof value === 'string') return value.slice(0, MAX_LOG_CHARS);
    if (typeof value === 'function') return '[function]';
    if (value instanceof Error) return String(value.stack ?? value.message);
    try {
      return toJson(value) ?? String(value);
    } catch (error) {
      return `[cannot be shown: ${error?.message}]`;
    }
  }

  /** JSON, in which a circle is a mark and a huge integer is text, as results would otherwise be lost for one field. */
  function toJson(value) {
    try {
      return stringify(value);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const path = [];
      return stringify(value, function (_key, one) {
        if (typeof one === 'bigint') return one.toString();
        if (typeof one !== 'object' || one === null) return one;
        while (path.length > 0 && path[path.length - 1] !== this) path.pop();
        if (path.includes(one)) return '[Circular Reference]';
        path.push(one);
        return one;
      });
    }
  }

  /** Timers fire when the host asks; it waits in between without holding a thread. */
  function defineTimers() {
    const timers = new Map();
    let last = 0;
    globalThis.setTimeout = (call, ms = 0, ...args) => {
      if (typeof call !== 'function') throw new TypeError('setTimeout needs a function');
      if (timers.size >= MAX_TIMERS) throw new Error('Too many timers');
      timers.set(++last, { at: realNow() + Math.max(0, Number(ms) || 0), call, args });
      return last;
    };
    globalThis.clearTimeout = (id) => void timers.delete(id);
    const fire = () => {
      if (timers.size === 0) return { state: 'stuck' };
      const now = realNow();
      let next = Infinity;
      let fired = false;
      for (const [id, timer] of [...timers].sort(([a, x], [b, y]) => x.at - y.at || a - b)) {
        if (timer.at > now) next = Math.min(next, timer.at);
        else if (timers.delete(id)) {
          fired = true;
          timer.call(...timer.args);
        }
      }
      return fired ? { state: 'running' } : { state: 'waiting', ms: next - now };
    };
    return { fire };
  }

  /** What was thrown, as plain text that crosses to the host. */
  function failureOf(thrown) {
    const itemIndex = thrown?.linkflowItem;
    const error = itemIndex === undefined ? thrown : thrown.error;
    if (typeof error?.linkflowLimit === 'string') return { limit: error.linkflowLimit, itemIndex };
    const isObject = typeof error === 'object' && error !== null;
    let message = isObject ? error.message : error;
    if (typeof message !== 'string') message = isObject ? toText(error) : String(message);
    return {
      name: String((isObject && error.name) || '').slice(0, 100),
      message: message.slice(0, MAX_LOG_CHARS),
      stack: isObject ? String(error.stack ?? '').slice(0, 20_000) : '',
      itemIndex,
    };
  }
})();
