import { splitTemplate } from '#engine/expression/split.ts';
import { text } from '../n8n-values.ts';

export interface TheirProxy {
  proxy?: string;
  /** What is left to do. */
  todo?: string;
  same: readonly string[];
}

/** The proxy goes along, and a login that is written out in it stays here. */
export function theirProxy(options: Record<string, unknown>): TheirProxy {
  const proxy = text(options.proxy);
  if (proxy === '') return { same: [] };
  const login = /^([a-z]+:\/\/)?(.*)@/is.exec(proxy);
  if (!login || !holdsText(login[2]!)) return { proxy, same: [] };
  return {
    proxy: `${login[1] ?? ''}${proxy.slice(login[0].length)}`,
    todo: 'Enter the login of its proxy in n8n: secrets do not go along.',
    same: ['proxy'],
  };
}

const holdsText = (login: string): boolean =>
  splitTemplate(login).some((part) => part.kind === 'text' && part.text !== ':');
