import type { Circuit } from './policy.ts';

export interface CircuitKey {
  workspaceId: string;
  /** Host with port, as in a URL. */
  host: string;
  /** Empty for calls without one. */
  credentialId: string;
}
export interface Entry {
  key: CircuitKey;
  circuit: Circuit;
  /** A trial of this process is under way: the table has no newer word on this one. */
  trial: boolean;
  /** When the table was told last. */
  toldAt: number;
}

/** Hosts with a past that are remembered per workspace; a tenant with more of them forgets its own, never another's. */
export const MAX_PER_WORKSPACE = 200;
const MAX_WORKSPACES = 2_000;

/** The circuits that this process knows, by workspace. Hosts without a failure are not in it. */
export function createCircuitMemory() {
  const workspaces = new Map<string, Map<string, Entry>>();

  return {
    find: (key: CircuitKey): Entry | undefined => workspaces.get(key.workspaceId)?.get(nameOf(key)),
    entriesOf: (workspaceId: string): Entry[] => [...(workspaces.get(workspaceId)?.values() ?? [])],
    set(key: CircuitKey, circuit: Circuit): Entry {
      const circuits = workspaces.get(key.workspaceId) ?? new Map<string, Entry>();
      const name = nameOf(key);
      const entry = circuits.get(name) ?? { key, circuit, trial: false, toldAt: 0 };
      entry.circuit = circuit;
      moveToEnd(circuits, name, entry);
      moveToEnd(workspaces, key.workspaceId, circuits);
      if (circuits.size > MAX_PER_WORKSPACE) circuits.delete(leastNeeded(circuits, name));
      if (workspaces.size > MAX_WORKSPACES) workspaces.delete(workspaces.keys().next().value!);
      return entry;
    },
    delete(key: CircuitKey): void {
      const circuits = workspaces.get(key.workspaceId);
      circuits?.delete(nameOf(key));
      if (circuits?.size === 0) workspaces.delete(key.workspaceId);
    },
  };
}

/** Neither hosts nor ids hold a space. */
export const nameOf = (key: Pick<CircuitKey, 'host' | 'credentialId'>): string =>
  key.credentialId === '' ? key.host : `${key.host} ${key.credentialId}`;

/** Maps keep the order of insertion, so the first one is the one that changed longest ago. */
function moveToEnd<V>(map: Map<string, V>, name: string, value: V): void {
  map.delete(name);
  map.set(name, value);
}

/** The oldest closed one, or else the oldest; never the one that just came in, or it could never be counted. */
function leastNeeded(circuits: Map<string, Entry>, newest: string): string {
  for (const [name, { circuit }] of circuits) if (circuit.state === 'closed' && name !== newest) return name;
  return circuits.keys().next().value!;
}
