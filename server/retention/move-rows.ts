import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { Pace } from './pace.ts';

/** Pages whose rows are moved in one transaction. */
const STEP = 8;
/** A row that was moved so often has found its page full again and again: there is no room in front. */
const MAX_MOVES = 100;

interface Part {
  table: string;
  /** Any small one. */
  column: string;
  /** Pages from here to `pages`, the end of the table, shall be empty. */
  from: number;
  pages: number;
}

/**
 * Moves the rows of the last pages by setting a column to what it is. PostgreSQL puts a changed row into its own page as
 * long as that has room, and then where it knows of some; so rows are changed until they are elsewhere, in one
 * transaction, which keeps their old places taken. Rows that somebody holds stay where they are.
 */
export async function moveRows(
  client: pg.ClientBase,
  { table, column, from, pages }: Part,
  goesOn: () => boolean,
): Promise<void> {
  const pace = new Pace();
  for (let end = pages; end > from && goesOn(); end -= STEP) {
    const began = performance.now();
    const written = await inTransaction(client, async () => {
      // locked first: who changes or deletes a row at this moment does not wait for us, nor we for them
      let places = await placesOf(
        client,
        `update ${table} set ${column} = ${column} where ctid = any(array(
           select ctid from ${table} where ctid >= $1::tid and ctid < $2::tid for update skip locked)) returning ctid`,
        [`(${Math.max(from, end - STEP)},0)`, `(${end},0)`],
      );
      let versions = places.length;
      for (let moves = 1; moves < MAX_MOVES; moves++) {
        places = places.filter((place) => pageOf(place) >= from);
        if (places.length === 0) break;
        places = await placesOf(
          client,
          `update ${table} set ${column} = ${column} where ctid = any($1::tid[]) returning ctid`,
          [places],
        );
        versions += places.length;
      }
      return versions;
    });
    if (written > 0) await pause(pace.took(performance.now() - began, written));
  }
}

async function placesOf(client: pg.ClientBase, sql: string, values: unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ ctid: string }>(sql, values);
  return rows.map(({ ctid }) => ctid);
}

/** `(17,3)`: the third row of page 17. */
const pageOf = (place: string): number => Number(place.slice(1, place.indexOf(',')));

async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // what went wrong first is what counts
    throw error;
  }
}
