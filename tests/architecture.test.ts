import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The dependency rule, as a table. It reads the real imports of every module; the message of a broken rule says where
 * the code belongs. docs/architecture.md tells why.
 */
const root = path.resolve(import.meta.dirname, '..');
const ROOMS = [
  'app',
  'components',
  'server',
  'engine',
  'nodes',
  'worker',
  'lib',
  'cli',
  'scripts',
  'bench',
  'e2e',
  'tests',
  'prisma',
] as const;
type Room = (typeof ROOMS)[number];

interface Module {
  file: string;
  room: Room;
  lines: number;
  /** Paths inside the repository, and bare package names. */
  imports: { target: string; typeOnly: boolean }[];
}

const SOURCE = /\.(ts|tsx|mts)$/;
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || /\/testing\.ts$/.test(file);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === 'generated' || entry.name === 'node_modules' ? [] : filesIn(full);
    return SOURCE.test(entry.name) ? [full] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function readModule(full: string): Module {
  const file = path.relative(root, full);
  const text = readFileSync(full, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map((m) => ({
    target: resolve(file, m[2] ?? m[3]!),
    typeOnly: Boolean(m[1]),
  }));
  return { file, room: file.split('/')[0] as Room, lines: text.split('\n').length, imports };
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return path.normalize(path.join(path.dirname(from), specifier));
  return specifier;
}

const modules = ROOMS.filter((room) => existsSync(path.join(root, room))).flatMap((room) =>
  filesIn(path.join(root, room)).map(readModule),
);
const shipped = modules.filter((m) => !isTest(m.file));
const roomOf = (target: string): Room | null => ROOMS.find((room) => target.startsWith(`${room}/`)) ?? null;

/** What a room may import: other rooms, or files in them by pattern. Its own files are always allowed. */
const MAY_IMPORT: Record<string, { from: (RegExp | Room)[]; because: string }> = {
  app: {
    from: ['components', 'server', 'lib'],
    because: 'app/ only routes: load and compose, or parse, call server/ and respond',
  },
  components: {
    from: [
      'engine',
      'lib',
      /^nodes\/(define|fields|input-schema|definitions|parse-workflow)\.ts$/,
      /^nodes\/credential-types\/(define|registry)\.ts$/,
      /^nodes\/schedule-trigger\/rules\.ts$/,
      /^server\/[\w-]+\/schema\.ts$/,
      /^server\/trpc\/app-router\.ts$/,
    ],
    because:
      'components/ reach the server through tRPC and its schema.ts files, and nodes through their definitions',
  },
  server: {
    from: [
      'engine',
      'lib',
      'prisma',
      /^nodes\/(definitions|fields|input-schema|json-schema|n8n-export|parse-workflow)\.ts$/,
      /^nodes\/webhook-trigger\/definition\.ts$/,
    ],
    because: 'server/ knows nodes by their definitions; executing them is the worker’s',
  },
  engine: { from: [], because: 'engine/ is a pure library: everything else comes in through ports' },
  nodes: {
    from: ['engine', 'lib'],
    because: 'nodes/ know the engine’s types and nothing of server or database; ctx has the doors out',
  },
  worker: {
    from: ['server', 'engine', 'nodes', 'lib'],
    because: 'worker/ ties server, engine and nodes together',
  },
  lib: { from: [], because: 'lib/ is tiny and knows no domain word' },
  cli: {
    from: ['server', 'engine', 'nodes', 'lib', /^scripts\/(embedded|migrate)\.ts$/],
    because: 'cli/ is another transport, like app/',
  },
};
/** Reasons are in the name of the right side. */
const EXCEPTIONS: { from: RegExp; to: RegExp; reason: string }[] = [
  {
    from: /^server\/(credentials|triggers)\//,
    to: /^nodes\//,
    reason: 'test connections, webhook signatures and schedules run node code',
  },
];
const PACKAGES: Record<string, { only: RegExp; because: string }> = {
  engine: {
    only: /^(zod|acorn|luxon|jmespath|re2js)$/,
    because: 'engine/ uses zod and small pure libraries only',
  },
  lib: { only: /^(clsx|tailwind-merge)$/, because: 'lib/ depends on nothing' },
};

const allowed = (module: Module, target: string): boolean => {
  const rule = MAY_IMPORT[module.room];
  if (!rule || roomOf(target) === module.room || roomOf(target) === null) return true;
  if (EXCEPTIONS.some((e) => e.from.test(module.file) && e.to.test(target))) return true;
  return rule.from.some((from) => (from instanceof RegExp ? from.test(target) : from === roomOf(target)));
};

/** Folders whose modules call each other because what they handle is recursive. */
const RECURSIVE: Record<string, string> = {
  'engine/expression/compile/':
    'expressions hold functions, functions hold statements, statements hold expressions',
  'components/fields/': 'a list field holds a form of fields',
};

describe('architecture', () => {
  it('sees the modules it judges', () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.reduce((n, m) => n + m.imports.length, 0)).toBeGreaterThan(300);
  });

  it('lets each room import only what it may', () => {
    const broken = shipped.flatMap((m) =>
      m.imports
        .filter((i) => !allowed(m, i.target))
        .map((i) => `${m.file} imports ${i.target}: ${MAY_IMPORT[m.room]!.because}`),
    );
    expect(broken).toEqual([]);
  });

  it('keeps packages out of the pure rooms', () => {
    const broken = shipped.flatMap((m) => {
      const rule = PACKAGES[m.room];
      return m.imports
        .filter((i) => rule && roomOf(i.target) === null && !rule.only.test(i.target))
        .map((i) => `${m.file} imports ${i.target}: ${rule!.because}`);
    });
    expect(broken).toEqual([]);
  });

  it('takes nothing from app/ and worker/', () => {
    const broken = shipped.flatMap((m) =>
      m.imports
        .filter((i) => ['app', 'worker'].includes(roomOf(i.target) ?? '') && roomOf(i.target) !== m.room)
        .map((i) => `${m.file} imports ${i.target}: move what is shared to server/ or lib/`),
    );
    expect(broken.filter((line) => !/^(bench|e2e|scripts)\//.test(line))).toEqual([]);
  });

  it('has no circular imports', () => {
    const graph = new Map(
      shipped.map((m) => [m.file, m.imports.filter((i) => !i.typeOnly).map((i) => i.target)]),
    );
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): string[] => {
      if (trail.includes(file)) return [[...trail.slice(trail.indexOf(file)), file].join(' → ')];
      if (done.has(file)) return [];
      const found = (graph.get(file) ?? []).flatMap((next) =>
        graph.has(next) ? visit(next, [...trail, file]) : [],
      );
      done.add(file);
      return found;
    };
    const cycles = [...graph.keys()].flatMap((file) => visit(file, []));
    const inside = (cycle: string) =>
      Object.keys(RECURSIVE).some((folder) => cycle.split(' → ').every((file) => file.startsWith(folder)));
    expect(cycles.filter((cycle) => !inside(cycle))).toEqual([]);
  });

  it('closes the vocabulary of server/<noun>/', () => {
    const common = new Set(['router.ts', 'schema.ts', 'queries.ts', 'commands.ts', 'policy.ts']);
    const forbidden = /^(utils?|helpers?|types|index|misc|common|service)\.ts$/;
    const broken = shipped
      .filter((m) => m.room === 'server')
      .map((m) => path.basename(m.file))
      .filter((name) => !common.has(name) && forbidden.test(name));
    expect(broken).toEqual([]);
    expect(modules.filter((m) => /\/(utils?|helpers?)\.tsx?$/.test(m.file)).map((m) => m.file)).toEqual([]);
  });

  it('leaves the Prisma client to db.ts, queries, commands and named stores', () => {
    const stores = /\/(db|queries|commands|store|versions|sync|scopes|sign-in|endpoints|sub-workflows)\.ts$/;
    const broken = shipped
      .filter((m) => ['server', 'worker', 'app', 'components'].includes(m.room) && !stores.test(m.file))
      .filter((m) => m.imports.some((i) => i.target.startsWith('prisma/generated')))
      .map((m) => `${m.file}: read in queries.ts, write in commands.ts`);
    expect(broken).toEqual([]);
  });

  it('keeps routers free of rules and data access, and pages short', () => {
    const routers = shipped
      .filter(
        (m) => /^server\/.*\/router\.ts$/.test(m.file) && m.imports.some((i) => /db\.ts$/.test(i.target)),
      )
      .map((m) => m.file);
    expect(routers).toEqual([]);
    const long = shipped
      .filter((m) => m.room === 'app' && m.lines > 60)
      .map((m) => `${m.file}: ${m.lines} lines; move the content to components/`);
    expect(long).toEqual([]);
  });

  it('asks no node by its type outside its folder', () => {
    const types = readdirSync(path.join(root, 'nodes')).filter(
      (name) => name !== 'credential-types' && statSync(path.join(root, 'nodes', name)).isDirectory(),
    );
    // one-word types such as `set` are ordinary words in a `case`
    const literal = new RegExp(
      `type\\s*[!=]==?\\s*['"](${types.join('|')})['"]|case\\s+['"](${types.filter((t) => t.includes('-')).join('|')})['"]`,
    );
    const broken = shipped
      .filter(
        (m) => !m.file.startsWith('nodes/') && literal.test(readFileSync(path.join(root, m.file), 'utf8')),
      )
      .map((m) => `${m.file}: put what you need to know on the definition`);
    expect(broken).toEqual([]);
  });

  it('keeps files small', () => {
    const reasons: Record<string, string> = {};
    const big = shipped
      .filter((m) => m.lines > 400 && !reasons[m.file])
      .map((m) => `${m.file}: ${m.lines} lines`);
    expect(big).toEqual([]);
    const sizes = shipped.map((m) => m.lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(220);
  });
});
