/**
 * Starts the Python interpreter inside the isolate and hands code to it. Python reaches every object in here, so nothing
 * may be in here that leads outside: the border is the isolate, and the only door is a function that gives random bytes.
 */
(() => {
  const MAX_TIMERS = 1000;
  const PAGE = 65_536;
  /** Modules that the interpreter makes while it runs are tiny; bigger ones would be libraries brought along by code. */
  const MAX_MODULE_BYTES = 4096;
  const realNow = Date.now;
  const { WebAssembly } = globalThis;
  const { Module, Instance, Memory } = WebAssembly;
  const ignore = () => undefined;
  let maxBytes = Infinity;
  let booted = false;

  // without what the interpreter would use to wait for promises in the middle of Python: a run has time for whole steps
  const { Suspending, promising, ...wasm } = Object.fromEntries(
    Object.getOwnPropertyNames(WebAssembly).map((name) => [name, WebAssembly[name]]),
  );
  wasm.Module = new Proxy(Module, {
    construct(target, [bytes], self) {
      if (booted && bytes.byteLength > MAX_MODULE_BYTES) throw new Error('Libraries cannot be loaded here');
      return Reflect.construct(target, [bytes], self);
    },
  });
  wasm.compile = async (bytes) => new wasm.Module(bytes);
  wasm.instantiate = async (source, imports) => {
    if (source instanceof Module) return new Instance(source, imports);
    const module = new wasm.Module(source);
    return { module, instance: new Instance(module, imports) };
  };
  const grow = Memory.prototype.grow;
  Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE > maxBytes) throw new RangeError('Out of memory');
    return grow.call(this, pages);
  };

  /** Timers fire when the host asks; it waits in between without holding a thread. */
  const timers = new Map();
  let lastTimer = 0;
  const setTimeout = (call, ms = 0, ...args) => {
    if (!booted) {
      Promise.resolve().then(call);
      return 0;
    }
    if (timers.size >= MAX_TIMERS) throw new Error('Too many timers');
    timers.set(++lastTimer, { at: realNow() + Math.max(0, Number(ms) || 0), call, args });
    return lastTimer;
  };
  const clearTimeout = (id) => void timers.delete(id);
  function fire() {
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
  }

  /** Called once by the host. `files`: texts and bytes of the interpreter; `image`: its memory after an earlier start. */
  globalThis.__boot = async function boot(files, image, random) {
    const bytesOf = (path) => files[/[^/]*$/.exec(path)[0]];
    /** The first surroundings that the interpreter knows in which it does not look for files or a network. */
    const shell = {
      WebAssembly: wasm,
      Atomics: globalThis.Atomics,
      setTimeout,
      clearTimeout,
      console: { log: ignore, info: ignore, warn: ignore, error: ignore, debug: ignore },
      performance: { now: () => realNow() },
      read: () => files.lock,
      load: ignore,
      readbuffer: bytesOf,
      // its way to random bytes there is a command line
      os: { system: (_shell, [, command]) => random(Number(/-c(\d+)/.exec(command)?.[1] ?? 0)) },
    };
    const load = (text) => new Function(...Object.keys(shell), text)(...Object.values(shell));
    const createPyodideModule = load(files.interpreter);
    const loadPyodide = load(files.loader);
    const python = await loadPyodide({
      createPyodideModule,
      indexURL: '/',
      lockFileContents: files.lock,
      jsglobals: Object.create(null),
      stdout: ignore,
      stderr: ignore,
      ...(image ? { _loadSnapshot: new Uint8Array(image) } : { _makeSnapshot: true }),
    });
    python._api.config._loadSnapshot = undefined;
    if (!image) python.runPython(files.driver);
    for (const name of Object.keys(files)) delete files[name];
    globalThis.__image = () => {
      const { buffer, byteOffset, byteLength } = python.makeMemorySnapshot();
      return buffer.slice(byteOffset, byteOffset + byteLength);
    };
    globalThis.__linkflow = (request, contextText, memoryBytes) =>
      begin(python, request, contextText, memoryBytes);
    booted = true;
  };

  /** Returns `step`, which says how far the run is. */
  function begin(python, request, contextText, memoryBytes) {
    const memory = python._module.HEAPU8.buffer;
    maxBytes = memory.byteLength + memoryBytes;
    const { $now, $timezone } = JSON.parse(contextText);
    shiftClock($now);
    const run = python.globals.get('linkflow_run');
    empty();
    let settled = null;
    Promise.resolve(run(request, zoneOffset($now ?? realNow(), $timezone))).then(
      (text) => {
        settled = { state: 'done', text };
      },
      (thrown) => {
        settled = { state: 'broken', message: String(thrown?.message ?? thrown).slice(0, 4000) };
      },
    );
    return () => settled ?? fire();
  }

  /** Nothing that the language does not have by itself stays within reach, nor what would reserve gigabytes. */
  function empty() {
    const kept = new Set(['TextDecoder', 'TextEncoder']);
    for (const { prototype } of [Module, Instance, Memory, WebAssembly.Table, WebAssembly.Global])
      delete prototype.constructor;
    for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) delete globalThis[name];
    for (const name of Object.keys(globalThis)) if (!kept.has(name)) delete globalThis[name];
  }

  /** A run with a clock of its own (tests, replays) sees that clock, going on from there. */
  function shiftClock(now) {
    if (typeof now !== 'number' || Math.abs(now - realNow()) < 60_000) return;
    const offset = now - realNow();
    Date.now = () => realNow() + offset;
  }

  /** Minutes east of Greenwich. Python has no time zones of its own in here. */
  function zoneOffset(now, zone = 'UTC') {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
    return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
  }
})();
