import { afterAll, expect, test } from 'vitest';
import type { CodeRequest } from '#engine/node.ts';
import { createCodeRunner } from './code-runner.ts';

const runner = createCodeRunner();
afterAll(() => runner.close());
const PATIENCE = { timeout: 60_000 };

const run = async (source: string, more: Partial<CodeRequest> = {}) => {
  const request: CodeRequest = {
    language: 'python',
    mode: 'all-items',
    items: [{ json: { a: 1 } }],
    context: {},
    timeoutMs: 10_000,
    memoryMb: 64,
    source,
    ...more,
  };
  return (await runner.run(request)).value;
};

/** JavaScript from Python: any function leads to the one that makes functions. */
const JS = 'import pyodide_js\njs = lambda text: pyodide_js.runPython.constructor("return " + text)()\n';

test('the world around Python holds the language and nothing else', PATIENCE, async () => {
  const names = String(await run(`${JS}return js("Object.getOwnPropertyNames(globalThis).join()")`)).split(
    ',',
  );
  const language = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name));
  const beyond = names.filter(
    (name) =>
      !language.includes(name) &&
      !/^(?:eval|isNaN|isFinite|parse\w+|escape|unescape|\w+codeURI\w*|\w+codeURI|globalThis|undefined)$/.test(
        name,
      ),
  );
  expect(beyond).toEqual([]);
  expect(names).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:WebAssembly|SharedArrayBuffer|Atomics|Buffer)$/)]),
  );
});

/** Each would give or show something of the outside; none of it is there. */
const ATTEMPTS: [string, string, RegExp][] = [
  [
    'names of the host',
    `${JS}return js("[typeof process, typeof require, typeof module, typeof fetch, typeof global, typeof ivm].join()")`,
    /^undefined(?:,undefined)*$/,
  ],
  [
    'importing in JavaScript',
    `${JS}return await js("import('node:fs').then(String, String)")`,
    /^(?:Type)?Error: /,
  ],
  ['this of JavaScript', `${JS}return js("typeof this.process")`, /^undefined$/],
  [
    'the globals of the interpreter',
    'import js\nreturn [n for n in dir(js) if not n.startswith("_") and "_" not in n and n not in ("typeof",)]',
    /^\[\]$/,
  ],
  ['run_js', 'from pyodide.code import run_js\nreturn run_js("process")', /ImportError/],
  ['fetch', 'from pyodide.http import pyfetch\nreturn await pyfetch("http://127.0.0.1")', /NameError/],
  ['open_url', 'from pyodide.http import open_url\nreturn open_url("http://127.0.0.1").read()', /NameError/],
  ['packages', 'import pyodide_js\nawait pyodide_js.loadPackage("numpy")', /No known package/],
  [
    'packages by address',
    'import pyodide_js\nawait pyodide_js.loadPackage("http://127.0.0.1/x.whl")\nimport x',
    /Error/,
  ],
  ['micropip', 'import micropip', /ModuleNotFoundError/],
  ['files of the host', 'return open("/etc/passwd").read()', /FileNotFoundError/],
  ['folders of the host', 'import os\nreturn ",".join(sorted(os.listdir("/")))', /^dev,home,lib,proc,tmp$/],
  [
    'mounting',
    'import pyodide_js\nfs = pyodide_js.FS\nfs.mkdir("/mnt")\nfs.mount(fs.filesystems.NODEFS, pyodide_js.toPy(pyodide_js.runPython.constructor("return {root: \\"/\\"}")()), "/mnt")\nimport os\nreturn os.listdir("/mnt")',
    /Error/,
  ],
  ['mounting folders', 'import pyodide_js\npyodide_js.mountNodeFS("/mnt", "/")', /Error|cannot|broke/],
  [
    'variables of the host',
    'import os\nreturn os.environ.get("NODE_ENV", "none") + os.environ.get("TZ", "none")',
    /^nonenone$/,
  ],
  ['commands', 'import os\nreturn os.system("id")', /^-1$/],
  ['processes', 'import subprocess\nreturn subprocess.run(["id"])', /OSError/],
  ['fork', 'import os\nreturn os.fork()', /Error/],
  ['threads', 'import threading\nthreading.Thread(target=print).start()', /RuntimeError/],
  ['sockets', 'import socket\ns = socket.socket()\ns.connect(("127.0.0.1", 22))', /OSError/],
  [
    'addresses',
    'import urllib.request\nreturn urllib.request.urlopen("http://127.0.0.1:80").read()',
    /URLError/,
  ],
  ['names of hosts', 'import socket\ns = socket.create_connection(("localhost", 80), 1)', /Error/],
  ['memory beyond its own', 'import ctypes\nreturn ctypes.string_at(0xfffffff0, 64)', /broke down/],
  ['code of the machine', 'import ctypes\nctypes.CFUNCTYPE(None)(64)()', /broke down|Error/],
  [
    'libraries',
    'open("/tmp/x.so", "wb").write(b"\\0asm\\1\\0\\0\\0" + b"\\0" * 5000)\nimport ctypes\nctypes.CDLL("/tmp/x.so")',
    /Error|broke down/,
  ],
  [
    'memory without end',
    `${JS}return js("new (Object.getPrototypeOf(pyodide_js).constructor)()")`,
    /Error|broke/,
  ],
  [
    'the constructor of memories',
    'import pyodide_js\nm = pyodide_js._module.memory\nreturn m.constructor.name',
    /^Object$|Error/,
  ],
];
/** These bring their interpreter down, or fill it up. */
const ROUGH = /ctypes|mountNodeFS|new \(/;

const gentle = ATTEMPTS.filter(([, source]) => !ROUGH.test(source));
const rough = ATTEMPTS.filter(([, source]) => ROUGH.test(source));

/** One interpreter for many attempts: starting one takes longer than they do. */
test('nothing leads outside', PATIENCE, async () => {
  const functions = gentle.map(
    ([, source], i) => `async def attempt_${i}():\n${source.replace(/^/gm, '    ')}\n`,
  );
  const calls = gentle.map((_attempt, i) => `attempt_${i}`);
  const driver = [
    'shown = []',
    `for attempt in [${calls.join(', ')}]:`,
    '    try: shown.append(str(await attempt()))',
    '    except BaseException as error: shown.append(f"{type(error).__name__}: {error}")',
    'return shown',
  ];
  const shown = (await run([...functions, ...driver].join('\n'))) as string[];
  const odd = gentle.flatMap(([name, , expected], i) =>
    expected.test(shown[i]!) ? [] : [`${name}: ${shown[i]}`],
  );
  expect(odd).toEqual([]);
  expect(shown).toHaveLength(gentle.length);
});

test.each(rough)('%s leads nowhere', PATIENCE, async (_name, source, expected) => {
  const shown = await run(source).catch((error: Error) => error.message);
  expect(String(shown)).toMatch(expected);
});

test('what one run leaves behind, the next does not find', PATIENCE, async () => {
  await run(
    [
      'import builtins, sys, json, pyodide_js, os',
      'builtins.secret = 1',
      'builtins.len = lambda x: 99',
      'json.dumps = lambda *a, **k: "taken"',
      'sys.modules["evil"] = json',
      'sys.path.insert(0, "/tmp")',
      'open("/tmp/left.py", "w").write("x = 1")',
      'os.environ["LEFT"] = "1"',
      'pyodide_js.runPython.constructor("Object.prototype.polluted = 2; globalThis.left = 1")()',
    ].join('\n'),
  ).catch((error: Error) => error);
  const source = [
    'import builtins, sys, os, json, pyodide_js',
    'js = pyodide_js.runPython.constructor("return typeof ({}).polluted + typeof globalThis.left")()',
    'return [hasattr(builtins, "secret"), len([1]), json.dumps([1]), "evil" in sys.modules, os.listdir("/tmp"), "LEFT" in os.environ, js]',
  ].join('\n');
  expect(await run(source)).toEqual([false, 1, '[1]', false, [], false, 'undefinedundefined']);
});

test('chance is not the same for every run', PATIENCE, async () => {
  const source = 'import os, random, uuid\nreturn [random.random(), os.urandom(8).hex(), str(uuid.uuid4())]';
  const [one, two] = [(await run(source)) as unknown[], (await run(source)) as unknown[]];
  for (const [i, value] of one.entries()) expect(two[i]).not.toEqual(value);
});

test.each([
  'import json\njson.dumps = lambda *a, **k: "{}"\nreturn 1',
  'import json\njson.dumps = lambda *a, **k: 5\nreturn 1',
  `import json\njson.dumps = lambda *a, **k: '{"state":"done","value":"no json","missing":["x"],"logs":[{"level":"x"}]}'`,
  `import json\njson.dumps = lambda *a, **k: '{"state":"failed","message":{},"line":"x","itemIndex":1.5}'`,
  'import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()',
  'import os\nos.abort()',
  'import os\nos._exit(0)',
  'import __main__\n__main__.__dict__.clear()\nreturn 1',
  'import gc, sys\nfor o in gc.get_objects():\n  if isinstance(o, dict) and o is not globals(): o.clear()',
  `${JS}js("Promise.prototype.then = null")\nreturn 1`,
  `${JS}js("JSON.parse = () => { throw 1 }")\nreturn 1`,
  `${JS}js("(() => { for (;;); })()")`,
  `${JS}js("(function f() { f() })()")`,
  `${JS}js("(() => { const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1)); })()")`,
  `${JS}js("(() => { const all = []; for (;;) all.push([all, all, {}]); })()")`,
  'with open("/tmp/x", "wb") as f:\n  while True: f.write(b"x" * 10 ** 6)',
])('breaking its own surroundings harms only the run itself: %j', PATIENCE, async (source) => {
  await run(source, { timeoutMs: 1500 }).catch((error: Error) =>
    expect(error.message).not.toContain('not start'),
  );
});

test('Python is as it was after all that', PATIENCE, async () => expect(await run('return 1')).toBe(1));
