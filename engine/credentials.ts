import { NodeError } from './errors.ts';
import type { HttpDoor, NodeSpec } from './node.ts';
import type { WorkflowNode } from './workflow.ts';

/** A credential in clear, for protocols that a door does not speak. */
export interface OpenedCredential {
  id: string;
  type: string;
  data: Readonly<Record<string, unknown>>;
}

/** A credential that one node run uses. */
export interface CredentialUse {
  id: string;
  nodeId: string;
  /** Kinds that fit the node's place for it. */
  types: readonly string[];
}

/** Secrets by id: the one place that turns an id into what it stands for, inside the workspace of the execution. */
export interface CredentialDoor {
  /** Throws NodeError: auth when there is none (any more) or it does not work, config when its kind does not fit. */
  open(use: CredentialUse): Promise<OpenedCredential>;
  /** A door whose requests prove who sends them; it refuses hosts that the credential is not for. Throws like `open`. */
  signing(http: HttpDoor, use: CredentialUse): HttpDoor;
  /** The text without secrets that were opened through this door; null when none was, so nothing has to be looked at. */
  readonly scrub: ((text: string) => string) | null;
}

/** The credential that a node has in one of its places. Throws NodeError(auth) when there is none. */
export function chosenCredential(
  node: Pick<WorkflowNode, 'id' | 'parameters' | 'credentials'>,
  spec: Pick<NodeSpec, 'credentials'>,
  slotName: string,
): CredentialUse {
  const slot = spec.credentials?.(node.parameters).find(({ name }) => name === slotName);
  const id = Object.hasOwn(node.credentials, slotName) ? node.credentials[slotName] : undefined;
  if (!id)
    throw new NodeError('auth', `Choose a credential${slot ? ` for “${slot.label}”` : ''} first.`, {
      field: `credentials.${slotName}`,
      detail: 'Nothing was sent, since it would have been refused without it.',
    });
  return { id, nodeId: node.id, types: slot?.types ?? [] };
}

/** A failure whose texts hold no secret. */
export function scrubError(thrown: unknown, scrub: (text: string) => string): unknown {
  if (thrown instanceof NodeError) {
    const { kind, message, detail, ...more } = thrown.data;
    return new NodeError(kind, scrub(message), {
      ...more,
      ...(detail === undefined ? {} : { detail: scrub(detail) }),
    });
  }
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? scrub(thrown) : thrown;
  const message = scrub(thrown.message);
  if (message === thrown.message) return thrown;
  return Object.assign(new Error(message), { name: thrown.name });
}
