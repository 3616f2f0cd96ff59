import type { CredentialDoor, CredentialUse, OpenedCredential } from '#engine/credentials.ts';
import { NodeError } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { isId } from '#lib/id.ts';
import { secretTexts } from '#nodes/credential-types/authorize.ts';
import { scrubber } from '#nodes/credential-types/scrub.ts';
import { isHostAllowed, signingDoor } from '#nodes/credential-types/signing-door.ts';
import { AppError } from '../errors.ts';
import { patiently } from '../outage.ts';
import { recordAccess } from './access-log.ts';
import { freshTokens } from './tokens.ts';
import { forget, openEntry, type VaultEntry } from './vault.ts';

export interface DoorPlace {
  workspaceId: string;
  executionId?: string;
  workflowId?: string;
  /** Its caller writes down itself what this is for. */
  unrecorded?: true;
}

/**
 * The one place where an id becomes a secret: inside the workspace of the execution, for kinds and hosts that it is for,
 * and with a row in its access log. `http` asks for tokens; it must be the guarded door.
 */
export function createCredentialDoor(place: DoorPlace, http: HttpDoor): CredentialDoor {
  const secrets = new Set<string>();
  let scrub: ((text: string) => string) | null = null;

  const learn = (type: string, data: Readonly<Record<string, unknown>>): void => {
    const before = secrets.size;
    for (const text of secretTexts(type, data)) secrets.add(text);
    if (secrets.size !== before) scrub = scrubber([...secrets]);
  };

  const find = async ({ id, types }: CredentialUse): Promise<VaultEntry> => {
    const entry = await patiently(() => entryOf(place.workspaceId, id));
    if (types.length > 0 && !types.includes(entry.type))
      throw new NodeError(
        'config',
        `The credential “${entry.name}” is of another kind than this node needs.`,
        {
          field: 'credentials',
        },
      );
    learn(entry.type, { ...entry.data, ...entry.tokens });
    return entry;
  };

  const { unrecorded, ...where } = place;
  const record = (kind: 'used' | 'refused', use: CredentialUse, host?: string) =>
    !unrecorded &&
    recordAccess({ ...where, credentialId: use.id, nodeId: use.nodeId, kind, ...(host ? { host } : {}) });

  const openedWith = async (entry: VaultEntry, refused?: string): Promise<OpenedCredential> => {
    const { id, type, data } = entry;
    if (type === 'oauth1' && entry.tokens) {
      const { accessToken, tokenSecret = '' } = entry.tokens;
      return { id, type, data: { ...data, accessToken, tokenSecret } };
    }
    if (type !== 'oauth2') return { id, type, data };
    const tokens = await freshTokens(http, entry, refused);
    if (tokens !== entry.tokens) forget(id);
    learn(type, { ...tokens });
    return { id, type, data: { ...data, accessToken: tokens.accessToken } };
  };

  return {
    get scrub() {
      return scrub;
    },
    async open(use) {
      const opened = await openedWith(await find(use));
      record('used', use);
      return opened;
    },
    signing: (door, use) => ({
      async request(request: HttpRequest): Promise<HttpResponse> {
        const entry = await find(use);
        const host = URL.parse(request.url)?.host;
        record(isHostAllowed(request.url, entry.allowedHosts) ? 'used' : 'refused', use, host);
        const send = async (opened: OpenedCredential) =>
          signingDoor(door, opened, {
            random: Math.random,
            now: Date.now,
            scrub: (text) => scrub?.(text) ?? text,
            allowedHosts: entry.allowedHosts,
          }).request(request);
        const opened = await openedWith(entry);
        const response = await send(opened);
        if (response.status !== 401 || entry.type !== 'oauth2') return response;
        // it may have been taken back early; the provider says whether there is another
        const renewed = await openedWith(entry, opened.data.accessToken as string).catch(() => null);
        return renewed ? send(renewed) : response;
      },
    }),
  };
}

async function entryOf(workspaceId: string, id: string): Promise<VaultEntry> {
  const gone = () =>
    new NodeError('auth', 'The credential of this node does not exist any more. Choose another one.', {
      field: 'credentials',
    });
  if (!isId(id)) throw gone();
  return openEntry(workspaceId, id).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? gone() : error;
  });
}
