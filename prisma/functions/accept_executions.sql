-- Stores executions that are to start: the rows, their places in the queue, their delivery keys and what they use up, all
-- committed together or not at all. The commit rings the workers' bell. One outcome per row, in order:
--   started     it is stored and queued
--   repeated    a delivery of the same key, or this very id, is there already
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
) returns table (outcome text, until timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  months int;
  limited bool;
  refusals text[]; -- by place; null: none at all
begin
  select count(*), bool_or(m.included is not null) into months, limited from (
    select p.included from usage_period p
    where p.workspace_id in (select t.workspace from unnest(workspaces, counteds) t(workspace, counted) where t.counted)
      and p.starts_at <= now() and p.ends_at > now()
    order by p.workspace_id for update -- in one order always: two batches must not wait for each other
  ) m;

  if limited or months < (select count(distinct t.workspace) from unnest(workspaces, counteds) t(workspace, counted) where t.counted)
    or exists (select 1 from workflow_budget b where b.workflow_id = any(workflows))
  then
    with i as materialized (
      select t.*, d.key is not null as is_known,
        row_number() over (partition by t.workspace_id, coalesce(t.delivery_key, t.n::text) order by t.n) as nth_of_key
      from unnest(workspaces, workflows, delivery_keys, counteds) with ordinality as t(workspace_id, workflow_id, delivery_key, counted, n)
      left join delivery d on d.workspace_id = t.workspace_id and d.key = t.delivery_key
    ), asked as ( -- what would start something that counts: of a key that comes twice, the first
      select i.*, p.starts_at, case when p.included is not null then month_room(p.included, p.credit, p.covered) + p.overage - p.used end as room,
        b.budget - case when b.starts_at = p.starts_at then b.used else 0 end as budget_room
      from i
      left join usage_period p on p.workspace_id = i.workspace_id and p.starts_at <= now() and p.ends_at > now()
      left join workflow_budget b on b.workflow_id = i.workflow_id
      where i.counted and not i.is_known and i.nth_of_key = 1
    ), in_budget as (
      select a.*, a.budget_room is null or row_number() over (partition by a.workflow_id order by a.n) <= a.budget_room as fits from asked a
    ), judged as (
      select b.n, case when b.starts_at is null then 'no-period' when not b.fits then 'over-budget'
        when count(*) filter (where b.fits) over (partition by b.workspace_id order by b.n) > b.room then 'over-plan' end as refusal
      from in_budget b
    )
    select array_agg(first_of_key.refusal order by first_of_key.n) into refusals from (
      select i.n, first_value(j.refusal) over (partition by i.workspace_id, coalesce(i.delivery_key, i.n::text) order by i.n) as refusal
      from i left join judged j on j.n = i.n
    ) first_of_key;

    insert into refused_start (workspace_id, day, workflow_id, mode, reason, count)
    select t.workspace_id, (now() at time zone 'UTC')::date, t.workflow_id, t.mode, substr(t.refusal, 6), count(*)
    from unnest(workspaces, workflows, modes, refusals) as t(workspace_id, workflow_id, mode, refusal)
    where t.refusal like 'over-%' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (workspace_id, day, workflow_id, mode, reason)
      do update set count = refused_start.count + excluded.count, last_at = now();

    update workflow_budget b set tripped_at = now() where b.tripped_at is null and b.workflow_id in (
      select t.workflow_id from unnest(workflows, refusals) as t(workflow_id, refusal) where t.refusal = 'over-budget');
  end if;

  return query
  with i as materialized (
    select * from unnest(ids, workspaces, workflows, versions, modes, triggers, delivery_keys, parents, retries, last_seqs, histories, awaiteds, counteds, starters, refusals)
      with ordinality as t(id, workspace_id, workflow_id, version_id, mode, trigger, delivery_key, parent_id, retry_of_id, last_seq, history, awaited, counted, starter, refusal, n)
  ), d as (
    insert into delivery (workspace_id, key, execution_id, expires_at)
    select i.workspace_id, i.delivery_key, i.id, now() + interval '72 hours' from i where i.delivery_key is not null and i.refusal is null
    order by i.workspace_id, i.delivery_key -- two processes that insert the same keys must not wait for each other
    on conflict (workspace_id, key) do nothing returning execution_id
  ), fresh as materialized (
    select i.*, v.tier, v.priority, v.concurrency, v.created_by from i
      -- offset 0: by its key for each row, for a join planned while the table was small would read all of it for ever
      left join lateral (select v.tier, v.priority, v.concurrency, v.created_by from workflow_version v where v.id = i.version_id offset 0) v on true
    where i.refusal is null and (i.delivery_key is null or i.id in (select d.execution_id from d))
  ), e as (
    insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger, parent_id, retry_of_id)
    select f.id, f.workspace_id, f.workflow_id, f.version_id, f.mode, f.trigger::json, f.parent_id, f.retry_of_id from fresh f
    on conflict (id) do nothing returning id -- a fixed id that is there already
  ), started as materialized ( -- is true: looked up in a hash, where a join would compare each with each
    select f.* from fresh f where (f.id in (select e.id from e)) is true
  ), a as (
    insert into active_execution (execution_id, workspace_id, workflow_id, tier, priority, concurrency, last_seq, parent_id)
    select f.id, f.workspace_id, f.workflow_id, coalesce(f.tier, case when f.awaited then 'realtime' else 'standard' end::execution_tier),
      coalesce(f.priority, 1), f.concurrency, f.last_seq, f.parent_id from started f
  ), c as (
    insert into journal_chunk (execution_id, last_seq, events)
    select f.id, f.last_seq, f.history::json from started f where f.history is not null
  ), spent as materialized ( -- few rows: by workspace, workflow and member
    select f.workspace_id, f.workflow_id, coalesce(f.starter, f.created_by, '00000000-0000-0000-0000-000000000000') as user_id, count(*) as n
    from started f where f.counted group by 1, 2, 3
  ), by_month as (
    update usage_period p set used = p.used + s.n from (select s.workspace_id, sum(s.n) as n from spent s group by 1) s
    where p.workspace_id = s.workspace_id and p.starts_at <= now() and p.ends_at > now()
  ), by_day as (
    insert into usage_day (workspace_id, day, workflow_id, user_id, executions)
    select s.workspace_id, (now() at time zone 'UTC')::date, s.workflow_id, s.user_id, s.n from spent s order by 1, 2, 3, 4
    on conflict (workspace_id, day, workflow_id, user_id) do update set executions = usage_day.executions + excluded.executions
  ), by_budget as (
    update workflow_budget b set used = case when b.starts_at = p.starts_at then b.used else 0 end + s.n, starts_at = p.starts_at
    from (select s.workspace_id, s.workflow_id, sum(s.n) as n from spent s group by 1, 2) s
      join usage_period p on p.workspace_id = s.workspace_id and p.starts_at <= now() and p.ends_at > now()
    where b.workflow_id = s.workflow_id
  ), bell as materialized (select pg_notify('linkflow_queue', '') from (select 1 from started limit 1) any_started)
  select case when i.id in (select f.id from started f) then 'started' else coalesce(i.refusal, 'repeated') end,
    case when i.refusal like 'over-%' then (
      select p.ends_at from usage_period p where p.workspace_id = i.workspace_id and p.starts_at <= now() and p.ends_at > now()) end
  from i left join bell on true
  order by i.n;
end $$;
