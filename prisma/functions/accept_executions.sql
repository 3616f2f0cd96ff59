-- Stores executions that are to start: the rows, their places in the queue, their delivery keys and what they use up, all
-- committed together or not at all. The commit rings the workers' bell. One outcome per row, in order:
--   started     it is stored and queued
--   repeated    a delivery of the same key, or this very id, is there already: `execution_id` says which
--   over-plan   the workspace's month is used up; `until` is its end. Nothing is stored but a count of refusals
--   over-budget the same for the workflow's own budget
--   no-period   the workspace has no month of usage that now is in: open one (server/usage/periods.ts) and come again
--
-- A function, since the month's row must be locked before the statement that counts: a statement sees the database as it
-- was when it began. Starts that count (`counteds`) of one workspace go through here one batch after the other, so their
-- number is exact; all others take no lock.
drop function if exists accept_executions; -- a replacement may not change what it returns
create function accept_executions(
  ids uuid[], workspaces uuid[], workflows uuid[], versions uuid[], modes text[], triggers text[], delivery_keys text[],
  parents uuid[], retries uuid[], last_seqs int[], histories text[], awaiteds bool[], counteds bool[], starters uuid[]
) returns table (outcome text, execution_id uuid, until timestamptz) language plpgsql as $$
#variable_conflict use_column
begin
  perform 1 from usage_period p
  where p.workspace_id in (select t.workspace from unnest(workspaces, counteds) t(workspace, counted) where t.counted)
    and p.starts_at <= now() and p.ends_at > now()
  order by p.workspace_id for update; -- in one order always: two batches must not wait for each other

  return query
  with i as materialized (
    select t.*, row_number() over (partition by t.workspace_id, t.delivery_key order by t.n) as nth_of_key
    from unnest(ids, workspaces, workflows, versions, modes, triggers, delivery_keys, parents, retries, last_seqs, histories, awaiteds, counteds, starters)
      with ordinality as t(id, workspace_id, workflow_id, version_id, mode, trigger, delivery_key, parent_id, retry_of_id, last_seq, history, awaited, counted, starter, n)
  ), known as materialized ( -- offset 0: row by row by the key
    select i.n, d.execution_id from i cross join lateral (
      select d.execution_id from delivery d where d.workspace_id = i.workspace_id and d.key = i.delivery_key offset 0) d
    where i.delivery_key is not null
  ), month as materialized (
    select m.workspace_id, p.starts_at, p.ends_at, p.included + p.credit + p.overage - p.used as room
    from (select distinct i.workspace_id from i where i.counted) m
    cross join lateral (select p.* from usage_period p where p.workspace_id = m.workspace_id and p.starts_at <= now() and p.ends_at > now() offset 0) p
  ), budget as materialized (
    select b.workflow_id, b.budget - case when b.starts_at = b.month then b.used else 0 end as room
    from (select distinct i.workflow_id, m.starts_at from i join month m on m.workspace_id = i.workspace_id where i.counted) w(workflow_id, month)
    cross join lateral (select b.*, w.month from workflow_budget b where b.workflow_id = w.workflow_id offset 0) b
  ), in_budget as materialized (
    select i.*, b.workflow_id is not null as has_budget,
      b.room is null or row_number() over (partition by i.workflow_id order by i.n) <= b.room as fits
    from i left join budget b on b.workflow_id = i.workflow_id
    where i.counted and (i.delivery_key is null or i.nth_of_key = 1 and not exists (select 1 from known k where k.n = i.n))
  ), judged as materialized (
    select b.n, b.id, b.workflow_id, b.has_budget, m.starts_at,
      case when m.workspace_id is null then 'no-period' when not b.fits then 'over-budget'
        when m.room is not null and count(*) filter (where b.fits) over (partition by b.workspace_id order by b.n) > m.room then 'over-plan' end as refusal
    from in_budget b left join month m on m.workspace_id = b.workspace_id
  ), admitted as materialized (
    select i.*, j.starts_at from i left join judged j on j.n = i.n
    where not i.counted or (j.n is not null and j.refusal is null)
  ), d as (
    insert into delivery (workspace_id, key, execution_id, expires_at)
    select i.workspace_id, i.delivery_key, i.id, now() + interval '72 hours' from admitted i where i.delivery_key is not null
    order by i.workspace_id, i.delivery_key -- two processes that insert the same keys must not wait for each other
    on conflict (workspace_id, key) do nothing returning execution_id
  ), fresh as materialized (
    select i.*, v.tier, v.priority, v.concurrency, v.created_by
    from admitted i
      -- by its key for each row, for a join planned while the table was small would read all of it for ever
      left join lateral (select v.tier, v.priority, v.concurrency, v.created_by from workflow_version v where v.id = i.version_id offset 0) v on true
    where i.delivery_key is null or i.id in (select d.execution_id from d)
  ), e as (
    insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger, parent_id, retry_of_id)
    select f.id, f.workspace_id, f.workflow_id, f.version_id, f.mode, f.trigger::json, f.parent_id, f.retry_of_id from fresh f
    on conflict (id) do nothing returning id -- a fixed id that is there already
  ), a as (
    insert into active_execution (execution_id, workspace_id, workflow_id, tier, priority, concurrency, last_seq, parent_id)
    select f.id, f.workspace_id, f.workflow_id, coalesce(f.tier, case when f.awaited then 'realtime' else 'standard' end::execution_tier),
      coalesce(f.priority, 1), f.concurrency, f.last_seq, f.parent_id from fresh f join e on e.id = f.id
  ), c as (
    insert into journal_chunk (execution_id, last_seq, events)
    select f.id, f.last_seq, f.history::json from fresh f join e on e.id = f.id where f.history is not null
  ), spent as materialized (
    select f.* from fresh f join e on e.id = f.id where f.counted
  ), u as (
    update usage_period p set used = p.used + s.n
    from (select s.workspace_id, s.starts_at, count(*) as n from spent s group by 1, 2) s
    where p.workspace_id = s.workspace_id and p.starts_at = s.starts_at
  ), by_day as (
    insert into usage_day (workspace_id, day, workflow_id, user_id, executions)
    select s.workspace_id, (now() at time zone 'UTC')::date, s.workflow_id,
      coalesce(s.starter, s.created_by, '00000000-0000-0000-0000-000000000000'), count(*)
    from spent s group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (workspace_id, day, workflow_id, user_id) do update set executions = usage_day.executions + excluded.executions
  ), by_budget as (
    update workflow_budget b set used = case when b.starts_at = s.starts_at then b.used else 0 end + s.n, starts_at = s.starts_at,
      tripped_at = case when s.refused > 0 then coalesce(b.tripped_at, now()) else b.tripped_at end
    from (
      select j.workflow_id, j.starts_at, count(e.id) as n, count(*) filter (where j.refusal = 'over-budget') as refused
      from judged j left join e on e.id = j.id where j.has_budget group by 1, 2
    ) s
    where b.workflow_id = s.workflow_id
  ), refused as (
    insert into refused_start (workspace_id, day, workflow_id, mode, reason, count)
    select i.workspace_id, (now() at time zone 'UTC')::date, i.workflow_id, i.mode, substr(j.refusal, 6), count(*)
    from judged j join i on i.n = j.n where j.refusal like 'over-%' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (workspace_id, day, workflow_id, mode, reason)
      do update set count = refused_start.count + excluded.count, last_at = now()
  ), bell as materialized (select pg_notify('linkflow_queue', '') from (select 1 from e limit 1) started)
  select case when e.id is not null then 'started' else coalesce(j.refusal, first_of_key.refusal, 'repeated') end,
    case when e.id is not null then i.id else coalesce(k.execution_id, twin.id, case when i.delivery_key is null then i.id end) end,
    m.ends_at
  from i
  left join bell on true
  left join e on e.id = i.id
  left join judged j on j.n = i.n
  left join known k on k.n = i.n
  left join month m on m.workspace_id = i.workspace_id
  -- the same key twice in one batch: what becomes of the first becomes of all
  left join i twin on twin.workspace_id = i.workspace_id and twin.delivery_key = i.delivery_key and twin.nth_of_key = 1 and i.nth_of_key > 1
  left join judged first_of_key on first_of_key.n = twin.n
  order by i.n;
end $$;
