import { db } from '../db.ts';
import { env } from '../env.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { guardedDoor } from './outbound.ts';
import { renewEndingTokens } from './tokens.ts';

const WARN_BEFORE_MS = 7 * 86_400_000;

/** Keeps tokens fresh and tells makers, once and a week before, that a secret of theirs ends. */
export async function watchCredentials(): Promise<void> {
  await warnOfEnds();
  await renewEndingTokens(guardedDoor());
}

async function warnOfEnds(): Promise<void> {
  const ending = await db().credential.findMany({
    where: { warnedAt: null, expiresAt: { lt: new Date(Date.now() + WARN_BEFORE_MS) } },
    take: 200,
    select: { id: true, workspaceId: true, name: true, expiresAt: true, createdById: true },
  });
  const makers = await db().user.findMany({
    where: { id: { in: [...new Set(ending.flatMap(({ createdById }) => createdById ?? []))] } },
    select: { id: true, email: true, name: true },
  });
  const byId = new Map(makers.map((maker) => [maker.id, maker]));
  for (const { id, workspaceId, name, expiresAt, createdById } of ending) {
    const maker = createdById === null ? undefined : byId.get(createdById);
    await db().$transaction(async (tx) => {
      const { count } = await tx.credential.updateMany({
        where: { id, warnedAt: null },
        data: { warnedAt: new Date() },
      });
      if (count === 0 || !maker) return;
      await queueMail(
        tx,
        composeMail({
          to: maker.email,
          subject: `The credential “${name}” ends soon`,
          paragraphs: [
            `Hello ${maker.name},`,
            `the credential “${name}” is good until ${expiresAt!.toISOString().slice(0, 10)}. Workflows that use it fail afterwards.`,
          ],
          action: { label: 'Replace it', url: `${env().APP_URL}/w/${workspaceId}/credentials/${id}` },
        }),
      );
    });
  }
}
