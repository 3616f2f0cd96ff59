import { withDatabase } from '../../scripts/embedded.ts';
import { readArgs, required, UsageError } from '../usage.ts';

const USAGE = 'apikey create --email E --name N [--scopes a,b] [--workspace W]';

/** Creates an API key that acts as its owner; the key is shown here and never again: `{key}`. */
export async function apiKeyCommand([action, ...args]: string[]): Promise<unknown> {
  if (action !== 'create') throw new UsageError(`Usage: ${USAGE}`);
  const { values } = readArgs(args, {
    usage: USAGE,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      scopes: { type: 'string' },
      workspace: { type: 'string' },
    },
  });
  const email = required(values.email, '--email', USAGE);
  const { createApiKeySchema } = await import('#server/api-keys/schema.ts');
  const parsed = createApiKeySchema.safeParse({
    name: required(values.name, '--name', USAGE),
    ...(values.scopes === undefined ? {} : { scopes: values.scopes.split(',').map((scope) => scope.trim()) }),
  });
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join('\n'));
  const { createApiKey } = await import('#server/api-keys/commands.ts');
  const { scopeOfEmail } = await import('../accounts.ts');
  return withDatabase(async () => {
    const { id, key, name, scopes } = await createApiKey(
      await scopeOfEmail(email, values.workspace),
      parsed.data,
    );
    return { key, id, name, scopes };
  });
}
