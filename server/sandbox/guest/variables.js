/** The `$…` names of user code; runs inside the isolate, before main.js, which takes both functions. */
(() => {
  /** Items as code of n8n knows them: files are `binary`, the source is `pairedItem`. */
  function itemViews(items) {
    return items.map((item) => {
      const view = { json: item.json };
      if (item.files) {
        view.binary = item.files;
      }
      if (item.source !== undefined) view.pairedItem = item.source;
      return view;
    });
  }

  /** Defines all `$…` names. Returns a function that turns to another item. */
  function defineVariables(items, context, staticData) {
    const base = items.length === 1 ? (context.$itemIndex ?? 0) : 0;
    const nodes = context.$nodes ?? {};
    let index = 0;
    const set = (name, value) => {
      globalThis[name] = value;
    };
    const lazy = (name, make) => {
      const define = (value) =>
        Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
      Object.defineProperty(globalThis, name, {
        get: () => define(make())[name],
        set: define,
        configurable: true,
      });
    };
    const at = (i) => {
      index = i;
      set('$itemIndex', base + i);
      set('item', items[i]);
      set('$json', items[i]?.json);
      set('$binary', items[i]?.binary ?? {});
    };

    const none = (args, name) => {
      if (args.length > 0) throw new Error(`$input.${name}() takes no arguments`);
    };
    set('items', items);
    set('$input', {
      all: (...args) => {
        none(args, 'all');
        return items;
      },
      first: (...args) => {
        none(args, 'first');
        return items[0];
      },
      last: (...args) => {
        none(args, 'last');
        return items.at(-1);
      },
      get item() {
        return items[index];
      },
      params: {},
      context: {},
    });

    const nodeNamed = (name) => {
      if (!Object.hasOwn(nodes, name))
        throw new Error(`Referenced node doesn't exist or hasn't been executed: '${name}'`);
      return nodes[name];
    };
    const views = new Map();
    const outputOf = (name, branch, run) => {
      const node = nodeNamed(name);
      const runIndex = run === undefined || run === -1 ? node.runs.length - 1 : run;
      const outputs = node.runs[runIndex];
      if (!outputs)
        throw new Error(
          node.runs.length > 0
            ? `Run ${runIndex} of node '${name}' doesn't exist`
            : `Node '${name}' hasn't been executed`,
        );
      const port = branch === undefined ? (node.port ?? node.outputPorts[0]) : node.outputPorts[branch];
      const found = outputs[port] ?? [];
      if (!views.has(found)) views.set(found, itemViews(found));
      return views.get(found);
    };
    const matching = (name, i) => {
      const found = outputOf(name);
      // Without the sources of every item, only these two cases are certain.
      if (found.length === 1) return found[0];
      if (base > 0 || found.length === items.length) {
        if (found[i] !== undefined) return found[i];
      }
      throw new Error(
        `Which item of '${name}' belongs to item ${i} cannot be told; use $('${name}').all(), first() or last()`,
      );
    };
    set('$', (name) => ({
      all: (branch, run) => outputOf(name, branch, run),
      first: (branch, run) => outputOf(name, branch, run)[0],
      last: (branch, run) => outputOf(name, branch, run).at(-1),
      itemMatching: (i) => matching(name, i),
      pairedItem: (i) => matching(name, i ?? base + index),
      get item() {
        return matching(name, base + index);
      },
      get isExecuted() {
        return Object.hasOwn(nodes, name) && nodes[name].runs.length > 0;
      },
      params: {},
      context: {},
    }));
    set('$items', (name, branch = 0, run = -1) => (name === undefined ? items : outputOf(name, branch, run)));
    const legacy = (name) => ({
      get json() {
        return outputOf(name)[base + index]?.json;
      },
      get data() {
        return this.json;
      },
      get binary() {
        return outputOf(name)[base + index]?.binary ?? {};
      },
      runIndex: nodeNamed(name).runs.length - 1,
      context: {},
      parameter: {},
    });
    set(
      '$node',
      new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? legacy(name) : undefined) }),
    );

    set('$workflow', context.$workflow ?? {});
    set('$execution', executionView(context.$execution ?? {}));
    set('$vars', context.$vars ?? {});
    set('$env', context.$env ?? {});
    set('$runIndex', context.$runIndex ?? 0);
    set('$timezone', context.$timezone ?? 'UTC');
    set('$mode', context.$execution?.mode);
    set('$executionId', context.$execution?.id);
    set('$getWorkflowStaticData', (type = 'global') => {
      if (type !== 'global' && type !== 'node')
        throw new Error(`Static data is that of "global" or "node", not of "${type}".`);
      staticData[type] ??= context.$staticData?.[type] ?? {};
      return staticData[type];
    });
    set('getWorkflowStaticData', globalThis.$getWorkflowStaticData);
    if (globalThis.luxon) {
      const { DateTime, Duration, Interval, Settings } = globalThis.luxon;
      const zone = context.$timezone ?? 'UTC';
      Settings.defaultZone = zone;
      Settings.defaultLocale = 'en-US';
      set('DateTime', DateTime);
      set('Duration', Duration);
      set('Interval', Interval);
      const now = () => DateTime.fromMillis(context.$now ?? globalThis.Date.now(), { zone });
      lazy('$now', now);
      lazy('$today', () => now().startOf('day'));
    }
    if (globalThis.jmespath) {
      set('$jmespath', (data, query) => globalThis.jmespath.search(data, query));
      set('$jmesPath', globalThis.$jmespath);
    }
    at(0);
    return at;
  }

  function executionView({ id, mode, resumeUrl }) {
    const custom = {};
    return {
      id,
      mode: mode === 'manual' ? 'test' : 'production',
      resumeUrl,
      resumeFormUrl: resumeUrl,
      customData: {
        set: (key, value) => {
          custom[key] = String(value);
        },
        get: (key) => custom[key],
        setAll: (values) => void Object.assign(custom, values),
        getAll: () => ({ ...custom }),
      },
    };
  }

  globalThis.__parts = { itemViews, defineVariables };
})();
