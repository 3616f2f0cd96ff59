import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required, UsageError } from '../usage.ts';

const USAGE = 'user create --email E --password P [--name N] [--admin]';

/** Creates an account with a workspace of its own: `{userId, workspaceId}`. */
export async function userCommand([action, ...args]: string[]): Promise<unknown> {
  if (action !== 'create') throw new UsageError(`Usage: ${USAGE}`);
  const { values } = readArgs(args, {
    usage: USAGE,
    options: {
      email: { type: 'string' },
      password: { type: 'string' },
      name: { type: 'string' },
      admin: { type: 'boolean' },
    },
  });
  const email = required(values.email, '--email', USAGE);
  const password = required(values.password, '--password', USAGE);
  const { signUpSchema } = await import('#server/accounts/schema.ts');
  const parsed = signUpSchema.safeParse({ email, password, name: values.name ?? email.split('@')[0] });
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { signUp } = await import('#server/accounts/commands.ts');
  return withDatabase(() => signUp(parsed.data, values.admin ? { isAdmin: true } : {}));
}
