import { findCredentialType } from '#nodes/credential-types/registry.ts';
import { defaultOf, isBlank, isShown, type TextField } from '#nodes/fields.ts';
import { inputSchema } from '#nodes/input-schema.ts';
import { AppError, notFound } from '../errors.ts';
import { certificateProblem } from '../outbound/client-certificate.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Sharing } from './schema.ts';

interface Owned {
  sharing: Sharing;
  createdById: string | null;
  members: readonly { userId: string }[];
}
type Who = Pick<WorkspaceScope, 'userId' | 'role'>;

const isAdmin = ({ role }: Who): boolean => role === 'owner' || role === 'admin';

/** May this person put the credential into a workflow? Owners and admins may use and manage all of them. */
export const mayUse = (who: Who, { sharing, createdById, members }: Owned): boolean =>
  isAdmin(who) ||
  (who.role === 'member' &&
    (sharing === 'workspace' ||
      (who.userId !== null &&
        (createdById === who.userId || members.some(({ userId }) => userId === who.userId)))));

/** Viewers see what everybody may use; nobody else sees what is not shared with them. */
export const maySee = (who: Who, credential: Owned): boolean =>
  mayUse(who, credential) || (who.role === 'viewer' && credential.sharing === 'workspace');

/** May this person change, share and delete it? */
export const mayManage = (who: Who, { createdById }: Pick<Owned, 'createdById'>): boolean =>
  isAdmin(who) || (who.role === 'member' && who.userId !== null && createdById === who.userId);

/** The rows that somebody can see, as a condition. */
export const visibleTo = ({ role, userId }: Who) =>
  role === 'owner' || role === 'admin'
    ? {}
    : {
        OR: [
          { sharing: 'workspace' as const },
          ...(role === 'member' && userId !== null
            ? [{ createdById: userId }, { members: { some: { userId } } }]
            : []),
        ],
      };

/** Throws NOT_FOUND for what somebody may not see, FORBIDDEN for what they may only use. */
export function assertMayManage(who: Who, credential: Owned): void {
  if (mayManage(who, credential)) return;
  if (!maySee(who, credential)) throw notFound('credential');
  throw new AppError('FORBIDDEN', 'Only whoever made this credential, or an admin, may change it.');
}

/**
 * The fields of a credential, checked by its kind. `before`: what they were; secrets that are left out stay. Throws
 * BAD_REQUEST that names the field.
 */
export function checkData(
  type: string,
  given: Record<string, unknown>,
  before: Record<string, unknown> = {},
): Record<string, unknown> {
  const known = findCredentialType(type);
  if (!known) throw new AppError('BAD_REQUEST', `type: There is no kind of credential “${type}”.`);
  const { fields } = known;
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name))
      throw new AppError(
        'BAD_REQUEST',
        `data.${name}: “${known.name}” has no such field. It has ${Object.keys(fields).join(', ')}.`,
      );
  }
  const merged: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const isSecret = (spec as TextField).secret === true;
    const keeps = given[name] === undefined || (isSecret && given[name] === ''); // null takes it away
    const value = keeps ? before[name] : given[name];
    const text = value === null || value === undefined ? defaultOf(spec) : value;
    if (text !== undefined) merged[name] = text;
  }
  const parsed = inputSchema(fields).safeParse(merged);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const label = fields[String(issue?.path[0])]?.label ?? issue?.path.join('.');
    throw new AppError('BAD_REQUEST', `data.${issue?.path.join('.')}: “${label}” ${issue?.message}.`);
  }
  if (type === 'client-certificate') {
    const problem = certificateProblem(merged);
    if (problem) throw new AppError('BAD_REQUEST', `data.${problem.field}: ${problem.message}`);
  }
  return Object.fromEntries(
    Object.entries(merged).filter(([name]) => isShown(fields[name]!, fields, merged)),
  );
}

/** What a form may show: fields that are no secrets, and which secrets there are. */
export function shownData(type: string, data: Record<string, unknown>) {
  const fields = findCredentialType(type)?.fields ?? {};
  const isSecret = (name: string) => (fields[name] as TextField | undefined)?.secret === true;
  const entries = Object.entries(data).filter(([name]) => Object.hasOwn(fields, name));
  return {
    fields: Object.fromEntries(entries.filter(([name]) => !isSecret(name))),
    secrets: entries.filter(([name, value]) => isSecret(name) && !isBlank(value)).map(([name]) => name),
  };
}
