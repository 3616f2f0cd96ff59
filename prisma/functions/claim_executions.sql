-- Takes executions off the queue for one worker: at most `slots`, only of `tiers`.
--
-- Order: fair share across workspaces (who has the fewest running per weight comes first), inside a workspace by tier,
-- priority and age. Held back: what is over its workflow's or its workspace's concurrency, and what would give one workspace
-- more than `share` slots of this worker. Those that saw two crashes go to a `quarantine` only, and nothing else does
-- (docs/decisions/0009).
--
-- A function, since the lock must be taken before the statement that counts: a statement sees the database as it was when
-- it began. The lock makes the limits exact over all workers. It ends with the call even if the caller is frozen.
-- The commit need not wait for the disk: a claim that a crash of the database forgets left nothing behind, for every
-- checkpoint of the run commits durably, after it; and its token, a random number, never comes back.
drop function if exists claim_executions; -- a replacement may not change what it returns
create function claim_executions(
  owner text, token bigint, slots int, share int, tiers execution_tier[], lease_seconds int, quarantine bool
) returns table (
  execution_id uuid, workspace_id uuid, workflow_id uuid, version_id uuid, mode text, trigger json,
  last_seq int, cancel_requested bool, pause_requested bool,
  more bool -- whether something was left behind, held back or beyond the slots
) language plpgsql as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtext('linkflow:claim'));
  perform set_config('synchronous_commit', 'off', true);
  return query
  with recursive running as materialized (
    select a.workspace_id, a.workflow_id, a.lease_owner = owner as mine
    from active_execution a where a.status = 'running'
  ), queues (workspace_id, workflow_id) as ( -- a step of the index per workflow that has something queued
    (select a.workspace_id, a.workflow_id from active_execution a where a.status = 'queued'
      order by a.workspace_id, a.workflow_id limit 1)
    union all
    select n.workspace_id, n.workflow_id from queues q, lateral (
      select a.workspace_id, a.workflow_id from active_execution a
      where a.status = 'queued' and (a.workspace_id, a.workflow_id) > (q.workspace_id, q.workflow_id)
      order by a.workspace_id, a.workflow_id limit 1) n
  ), suspects as materialized ( -- few, and found by their small index
    select a.execution_id, a.workspace_id, a.workflow_id, a.tier, a.priority, a.queued_at, a.concurrency
    from active_execution a where quarantine and a.crashes >= 2 and a.status = 'queued'
  ), loads as (
    select r.workspace_id, count(*) as running, count(*) filter (where r.mine) as mine from running r group by 1
  ), candidates as materialized (
    select q.workspace_id, c.execution_id, c.queued_at, c.concurrency,
      coalesce(l.running, 0) + row_number() over by_turn as place,
      coalesce(l.mine, 0) + row_number() over by_turn as place_here,
      c.nth + (select count(*) from running r where r.workflow_id = q.workflow_id) as place_in_workflow
    from queues q
    left join loads l on l.workspace_id = q.workspace_id
    cross join lateral (
      select a.*, row_number() over (order by a.tier, a.priority, a.queued_at) as nth from (
        (select a.execution_id, a.tier, a.priority, a.queued_at, a.concurrency from active_execution a
          where not quarantine and a.crashes < 2 and a.status = 'queued' and a.tier = any(tiers)
            and a.workspace_id = q.workspace_id and a.workflow_id = q.workflow_id
          order by a.tier, a.priority, a.queued_at limit slots + 1)
        union all
        select s.execution_id, s.tier, s.priority, s.queued_at, s.concurrency from suspects s
          where s.workspace_id = q.workspace_id and s.workflow_id = q.workflow_id and s.tier = any(tiers)
      ) a
    ) c
    window by_turn as (partition by q.workspace_id order by
      -- what its workflow holds back takes nobody's turn
      c.concurrency is not null and c.nth + (select count(*) from running r where r.workflow_id = q.workflow_id) > c.concurrency,
      c.tier, c.priority, c.queued_at)
  ), fair as (
    select c.execution_id from candidates c join workspace w on w.id = c.workspace_id and w.deleted_at is null
    where c.place_here <= share and (w.concurrency is null or c.place <= w.concurrency)
      and (w.plan_concurrency is null or c.place <= w.plan_concurrency)
      and (c.concurrency is null or c.place_in_workflow <= c.concurrency)
    order by c.place::float8 / greatest(w.weight, 1), c.queued_at limit slots
  ), chosen as (
    -- row by row by the primary key, whatever plan was made while the table was empty; so the status, which would make the
    -- queue's index an alternative, is looked at afterwards
    select a.execution_id, a.status from fair f cross join lateral (
      select a.execution_id, a.status from active_execution a where a.execution_id = f.execution_id for update skip locked
    ) a
  ), taken as (
    update active_execution a set status = 'running', lease_owner = owner, lease_token = token,
      lease_expires_at = now() + make_interval(secs => lease_seconds), wake_at = null, wakes = 0
    from chosen c where a.execution_id = c.execution_id and c.status = 'queued'
    returning a.execution_id, a.workspace_id, a.workflow_id, a.last_seq, a.cancel_requested, a.pause_requested
  )
  select t.execution_id, t.workspace_id, t.workflow_id, e.version_id, e.mode, e.trigger, t.last_seq, t.cancel_requested, t.pause_requested,
    (select count(*) from candidates) > (select count(*) from fair)
  from taken t join execution e on e.id = t.execution_id;
end $$;
