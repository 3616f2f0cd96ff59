import { workflowSchema } from '#engine/workflow.ts';
import { signUp } from '#server/accounts/commands.ts';
import { scopeForUser } from '#server/auth/scopes.ts';
import { db } from '#server/db.ts';
import { createWorkflow } from '#server/workflows/commands.ts';

export const DEMO = { email: 'demo@example.com', password: 'demo demo demo', name: 'Demo' };

/** A demo account with one workflow; does nothing when it is already there. */
export async function seedDemo(): Promise<void> {
  if (await db().user.findUnique({ where: { email: DEMO.email }, select: { id: true } })) return;
  const { userId } = await signUp(DEMO);
  const scope = await scopeForUser(userId);
  const workflow = workflowSchema.parse({
    name: 'Greet whoever calls',
    nodes: [
      {
        id: 'hook',
        name: 'Webhook',
        type: 'webhook-trigger',
        position: { x: 0, y: 0 },
        parameters: { httpMethod: 'POST', respond: 'last-node' },
      },
      {
        id: 'greet',
        name: 'Greet',
        type: 'set',
        position: { x: 280, y: 0 },
        parameters: {
          mode: 'fields',
          fields: [{ name: 'greeting', type: 'string', value: 'Hello {{ $json.body.name }}!' }],
        },
      },
    ],
    edges: [{ from: { node: 'hook', port: 'main' }, to: { node: 'greet', port: 'main' } }],
  });
  await createWorkflow(scope, { name: workflow.name, workflow });
}
