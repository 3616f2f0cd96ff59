import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from '@playwright/test';

const started = Date.now();
let accounts = 0;

/** The command line against the system under test; its JSON answer. */
export function cli(...args: string[]): Record<string, string> {
  const result = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../cli/main.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, LINKFLOW_DATA_DIR: process.env.E2E_DATA_DIR },
  });
  expect(result.stderr).toBe('');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Record<string, string>;
}

export interface Api {
  email: string;
  password: string;
  workspaceId: string;
  key: string;
  call<T>(
    method: string,
    route: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
}

/** A new account with a key of its own. */
export function createApi(name: string): Api {
  const email = `${name}-${started}-${++accounts}@example.com`;
  const password = 'correct horse battery';
  const { workspaceId } = cli('user', 'create', '--email', email, '--password', password);
  const { key } = cli('apikey', 'create', '--email', email, '--name', 'e2e');
  expect(key).toMatch(/^lf_/);
  return {
    email,
    password,
    workspaceId: workspaceId!,
    key: key!,
    async call<T>(method: string, route: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${process.env.E2E_URL}/api/v1${route}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
    },
  };
}
