import type { Transaction } from '../db.ts';

/**
 * Members beyond the seats are viewers until there is one for them; owners always have one, the others by how long they are
 * there. To be called whenever seats or members change, with the row of the workspace locked.
 */
export async function fitMembers(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$executeRaw`
    with seated as (
      select m.user_id, m.role = 'owner' or w.seats is null
          or row_number() over (order by m.role <> 'owner', m.created_at, m.user_id) <= w.seats as fits
      from member m join workspace w on w.id = m.workspace_id where m.workspace_id = ${workspaceId}::uuid
    )
    update member m set reduced_at = case when s.fits then null else now() end
    from seated s
    where m.workspace_id = ${workspaceId}::uuid and m.user_id = s.user_id and s.fits = (m.reduced_at is not null)`;
}
