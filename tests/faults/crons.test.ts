import { afterAll, expect, it } from 'vitest';
import { getPool } from '#server/db.ts';
import { CRONTAB } from '#server/queue/jobs.ts';
import { ownDatabase } from '../support/database.ts';
import { createFleet, end } from '../support/fleet.ts';
import { until } from '../support/until.ts';

ownDatabase();

const fleet = createFleet();
afterAll(() => fleet.close());

/** Notes every job that a cron line adds: jobs themselves are gone when they are done. */
const WATCH = `
create table cron_seen (task text, ts text);
create function note_cron() returns trigger language plpgsql as $$
begin
  if new.payload -> '_cron' is not null then
    insert into cron_seen select t.identifier, new.payload -> '_cron' ->> 'ts' from graphile_worker._private_tasks t where t.id = new.task_id;
  end if;
  return new;
end $$;
create trigger note_cron after insert on graphile_worker._private_jobs for each row execute function note_cron()`;

it('every cron line fires once a minute, however many workers there are', { timeout: 120_000 }, async () => {
  await getPool().query(WATCH);
  const workers = await Promise.all([fleet.start(), fleet.start(), fleet.start()]);
  const everyMinute = CRONTAB.filter(({ match }) => match === '* * * * *').map(({ task }) => task);
  expect(everyMinute.length).toBeGreaterThanOrEqual(2);
  await until('the next full minute', 80, async () => {
    const { rows } = await getPool().query<{ task: string }>('select distinct task from cron_seen');
    return everyMinute.every((task) => rows.some((row) => row.task === task));
  });
  // one that was late has had its say when it has ended
  await Promise.all(workers.map((worker) => end(worker, 'SIGTERM')));
  const { rows } = await getPool().query<{ n: number }>(
    'select count(*)::int as n from cron_seen group by task, ts',
  );
  expect(new Set(rows.map(({ n }) => n))).toEqual(new Set([1]));
});
