import type { Agent } from 'undici';
import { agentOver } from './agent.ts';
import type { OutboundRules } from './connect.ts';
import { parseProxy } from './proxy-address.ts';
import { tunnelThrough } from './tunnel.ts';

/** Proxies whose connections are kept for the next call; of more of them, those that were used longest ago go. */
const MAX_PROXIES = 32;

export interface ProxyAgents {
  /** The pool of tunnels through this proxy, to be used at once. Throws NodeError(config) for an address that is none. */
  agentFor(proxy: string): Agent;
  close(): Promise<void>;
}

/** Pools by the whole address of their proxy: who logs in there differently never shares a connection. */
export function createProxyAgents(rules: OutboundRules): ProxyAgents {
  const known = new Map<string, Agent>();
  const leaving = new Set<Agent>();
  const closing = new AbortController();

  const letGo = (agent: Agent): void => {
    leaving.add(agent);
    // Calls that are under way end before; they have their own deadlines.
    agent.close().then(
      () => leaving.delete(agent),
      () => leaving.delete(agent),
    );
  };

  return {
    agentFor(text) {
      const proxy = parseProxy(text);
      const agent = known.get(proxy.key) ?? agentOver(tunnelThrough(proxy, rules, closing.signal));
      known.delete(proxy.key);
      known.set(proxy.key, agent);
      const [oldest] = known;
      if (known.size > MAX_PROXIES && oldest) {
        known.delete(oldest[0]);
        letGo(oldest[1]);
      }
      return agent;
    },
    async close() {
      closing.abort(new Error('The way out is closed'));
      await Promise.all([...known.values(), ...leaving].map((agent) => agent.destroy()));
    },
  };
}
