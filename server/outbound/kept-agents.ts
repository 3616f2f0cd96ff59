import type { Agent } from 'undici';
import { agentOver, createAgent } from './agent.ts';
import { type ClientCertificate, fingerprintOf, ownTls } from './client-certificate.ts';
import type { OutboundRules } from './connect.ts';
import { parseProxy } from './proxy-address.ts';
import { tunnelThrough } from './tunnel.ts';

/** Pools whose connections are kept for the next call; of more of them, those that were used longest ago go. */
const MAX_POOLS = 32;

/** What sets a call apart from others to the same host. */
export interface Way {
  proxy?: string;
  certificate?: ClientCertificate;
}

export interface KeptAgents {
  /** The pool of connections made in this way, to be used at once. Throws NodeError(config) for a proxy or a certificate that is none. */
  agentFor(way: Way): Agent;
  close(): Promise<void>;
}

/** Pools by the whole address of their proxy and all of their certificate: who logs in differently never shares a connection. */
export function createKeptAgents(rules: OutboundRules): KeptAgents {
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
    agentFor({ proxy: text, certificate }) {
      const proxy = text ? parseProxy(text) : undefined;
      const key = `${proxy?.key ?? ''}\n${certificate ? fingerprintOf(certificate) : ''}`;
      const make = () => {
        const tls = certificate ? ownTls(certificate) : {};
        return proxy
          ? agentOver(tunnelThrough(proxy, rules, closing.signal, tls))
          : createAgent(rules.allowed, rules.resolve, tls);
      };
      const agent = known.get(key) ?? make();
      known.delete(key);
      known.set(key, agent);
      const [oldest] = known;
      if (known.size > MAX_POOLS && oldest) {
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
