import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.resolve(import.meta.dirname, '..');

/** One account of the running product: made on the command line, everything else over HTTP. */
export interface Api {
  url: string;
  key: string;
  get<T>(route: string): Promise<T>;
  post<T>(route: string, body?: unknown): Promise<T>;
}

/** Makes an account with a workspace of its own, and its key. `env` is that of the product. */
export async function createAccount(url: string, name: string, env: NodeJS.ProcessEnv): Promise<Api> {
  const email = `${name}@example.com`;
  await cli(env, 'user', 'create', '--email', email, '--password', 'bench bench bench');
  const { key } = (await cli(env, 'apikey', 'create', '--email', email, '--name', 'bench')) as {
    key: string;
  };
  const call = async <T>(method: string, route: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    url,
    key,
    get: (route) => call('GET', route),
    post: (route, body = {}) => call('POST', route, body),
  };
}

async function cli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<unknown> {
  const child = spawn(process.execPath, [path.join(root, 'cli/main.ts'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`cli ${args.join(' ')}: ${problems}`);
  return JSON.parse(output);
}

interface Created {
  id: string;
  triggers: { url?: string }[];
}

export interface Hook {
  workflowId: string;
  /** Where its webhook is called. */
  url: string;
}

/** Creates and activates a workflow that starts with a webhook. */
export async function activate(api: Api, workflow: object): Promise<Hook> {
  const { id } = await api.post<Created>('/workflows', workflow);
  const active = await api.post<Created>(`/workflows/${id}/activate`);
  const url = active.triggers[0]?.url;
  if (!url) throw new Error(`Workflow ${id} has no webhook.`);
  return { workflowId: id, url };
}

/** Calls a webhook that answers at once; gives the id of the execution that it started. */
export async function start(hook: Hook, body: unknown = { name: 'Ada' }): Promise<string> {
  const response = await fetch(hook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`webhook: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { executionId: string }).executionId;
}
