import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** The running system as a user of its API: a key made on the command line, the rest over HTTP. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  key: string;
}

export function connect(url: string, dataDir: string): Api {
  const cli = (...args: string[]) => {
    const result = spawnSync(process.execPath, [path.join(root, 'cli/main.ts'), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LINKFLOW_DATA_DIR: dataDir },
    });
    if (result.status !== 0) throw new Error(`cli ${args.join(' ')}: ${result.stderr}`);
    return JSON.parse(result.stdout) as Record<string, string>;
  };
  cli('user', 'create', '--email', 'bench@example.com', '--password', 'bench bench bench');
  const key = cli('apikey', 'create', '--email', 'bench@example.com', '--name', 'bench').key!;
  const call = async <T>(method: string, route: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return { key, get: (route) => call('GET', route), post: (route, body = {}) => call('POST', route, body) };
}

interface Created {
  id: string;
  triggers: { url?: string }[];
}

/** Creates and activates a workflow; gives its id and webhook URL. */
export async function activate(api: Api, workflow: object): Promise<{ id: string; url: string }> {
  const { id } = await api.post<Created>('/workflows', workflow);
  const active = await api.post<Created>(`/workflows/${id}/activate`);
  return { id, url: active.triggers[0]?.url ?? '' };
}
