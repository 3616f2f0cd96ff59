import type { HttpDoor } from '#engine/node.ts';
import type { OperationContext } from '../implement.ts';
import type { HttpInput } from './request.ts';

type Context = Pick<OperationContext<HttpInput>, 'credential' | 'node' | 'services'>;

/**
 * Where this node's requests go out, and the place of the credential that they name there. With both kinds the certificate
 * comes first, so that the other proof is made last. Throws NodeError(auth) for a certificate that was not chosen.
 */
export async function wayOut(
  { credential, node, services }: Context,
  { authentication, sendCertificate }: Pick<HttpInput, 'authentication' | 'sendCertificate'>,
): Promise<{ door: HttpDoor; proof: { credential?: string } }> {
  const { http: door, credentials } = services;
  if (authentication !== 'credential')
    return { door, proof: sendCertificate ? { credential: 'certificate' } : {} };
  const proof = { credential: 'auth' };
  if (!sendCertificate) return { door, proof };
  const { id, type } = await credential('certificate');
  return { door: credentials.signing(door, { id, nodeId: node.id, types: [type] }), proof };
}
