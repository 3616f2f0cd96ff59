import type { Database, SqlJsStatic } from 'sql.js';
import type { JsonObject } from '#engine/item.ts';
import { columnsOf, NOTHING, quoted, toSql } from './sql-columns.ts';
import { addFunctions } from './sql-functions.ts';
import { rowsOf, TooLarge, typesOf } from './sql-rows.ts';
import { isQuestion, withArrows } from './sql-syntax.ts';
import type { SqlAnswer, SqlWork } from './sql-work.ts';

const HEAP_BYTES = 256 * 1024 * 1024;
const PAGES = 65_536;
/** Columns that a query may add to tables without items, before the mistake must be elsewhere. */
const MAX_ADDED = 200;

/** Answers a query over items, in a database that is made for it and thrown away. Holds the thread meanwhile. */
export function runSql(sql: SqlJsStatic, work: SqlWork): SqlAnswer {
  const database = new sql.Database();
  try {
    database.exec(
      `PRAGMA hard_heap_limit=${HEAP_BYTES}; PRAGMA max_page_count=${PAGES}; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF`,
    );
    addFunctions(database, work);
    const empty = work.inputs.flatMap((items, index) => {
      addTable(database, `input${index + 1}`, items);
      return items.length === 0 ? [`input${index + 1}`] : [];
    });
    return { rows: answer(database, work, empty) };
  } catch (thrown) {
    return problemOf(thrown, work);
  } finally {
    database.close();
  }
}

function addTable(database: Database, table: string, items: JsonObject[]): void {
  const columns = columnsOf(items);
  const listed = columns.map(({ name, type }) => `${quoted(name)} ${type}`);
  database.run(`CREATE TABLE ${table} (${listed.join(', ') || `${quoted(' ')} ${NOTHING}`})`);
  if (items.length === 0) return;
  const places = columns.length > 0 ? columns.map(() => '?').join(', ') : 'NULL';
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${places})`);
  database.run('BEGIN');
  for (const item of items) insert.run(columns.map(({ key }) => toSql(item[key])));
  database.run('COMMIT');
  insert.free();
}

/** The rows of all statements, one after the other. */
function answer(database: Database, { query, omitEmpty }: SqlWork, empty: string[]): JsonObject[] {
  const rows: JsonObject[] = [];
  let added = 0;
  for (let rest = withArrows(query); ; ) {
    const statements = database.iterateStatements(rest);
    try {
      const { value: statement, done } = statements.next();
      if (done) return rows;
      const text = statement.getSQL();
      if (!isQuestion(text)) throw new NotAQuestion();
      // nothing can follow in there: it is one whole statement
      const types = typesOf(database, text.replace(/;\s*$/, ''));
      database.run('PRAGMA query_only=ON');
      for (const row of rowsOf(statement, types, omitEmpty)) rows.push(row);
      database.run('PRAGMA query_only=OFF');
      statement.free();
      rest = statements.getRemainingSQL();
    } catch (thrown) {
      // Which columns a table without items would have had, only the query knows.
      const missing = /^no such column: (?:[^.]*\.)?(.+)$/.exec(messageOf(thrown))?.[1];
      if (missing === undefined || added++ >= MAX_ADDED || !addColumn(database, empty, missing)) throw thrown;
    }
  }
}

class NotAQuestion extends Error {}

/** False when all those tables have it, or when it does not go. */
function addColumn(database: Database, tables: string[], column: string): boolean {
  let added = false;
  for (const table of tables) {
    const [known] = database.exec(
      `SELECT 1 FROM pragma_table_info('${table}') WHERE lower(name) = lower(?)`,
      [column],
    );
    if (known) continue;
    database.run(`ALTER TABLE ${table} ADD COLUMN ${quoted(column)}`);
    added = true;
  }
  return added;
}

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

function problemOf(thrown: unknown, { inputs }: SqlWork): SqlAnswer {
  const message = messageOf(thrown);
  if (thrown instanceof NotAQuestion)
    return { problem: 'The query must begin with SELECT, WITH or VALUES: it can only read the items.' };
  if (thrown instanceof TooLarge) return { problem: 'The query gives more than 32 MB.', limit: true };
  if (/^(out of memory|database or disk is full|string or blob too big)/.test(message))
    return { problem: 'The query needs too much memory.', limit: true };
  if (/^too many columns/.test(message))
    return { problem: 'The items of an input have more than 2000 different fields.', limit: true };
  const table = /^no such table: (.*)$/.exec(message)?.[1];
  if (table !== undefined) {
    const names = inputs.map((_, index) => `input${index + 1}`).join(', ');
    return { problem: `There is no table “${table}”.`, detail: `The tables are ${names}.` };
  }
  const column = /^no such column: (.*)$/.exec(message)?.[1];
  if (column !== undefined)
    return { problem: `There is no column “${column}”.`, detail: knownColumns(inputs) };
  if (message === 'incomplete input') return { problem: 'The query ends too early.' };
  return { problem: `The query has a mistake: ${message}` };
}

function knownColumns(inputs: JsonObject[][]): string {
  const listed = inputs.map((items, index) => {
    const names = columnsOf(items)
      .map((column) => column.name)
      .slice(0, 20);
    return `input${index + 1} has ${names.join(', ') || 'no items'}`;
  });
  return `${listed.join('; ')}.`;
}
