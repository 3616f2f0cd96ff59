import { DateTime, Duration, Interval } from 'luxon';
import type { Answer } from './command-line.ts';
import { difference, isA, isObject, isUndefined, pattern, short } from './difference.ts';
import type { Row } from './rows.ts';
import type { Measure } from './verdict.ts';

/** Expressions with the result of the original, over items, data, or the run data of a workflow. */
export const expressions: Measure = {
  command: 'eval',
  line(row) {
    const reason = unanswerable(row);
    if (reason !== undefined) return reason;
    const { id, expr, items, itemIndex, runIndex, now, tz, workflow, runData, activeNode } = row;
    const data = { ...fields(row.additionalKeys), ...fields(row.data) };
    return {
      id,
      expr,
      items,
      itemIndex,
      runIndex,
      now,
      timezone: tz,
      workflow: workflow === undefined ? undefined : withoutUndefined(workflow),
      runData,
      activeNode,
      ...(Object.keys(data).length > 0 ? { data } : {}),
    };
  },
  judge: judgeByMatcher,
};

/** Rows that lack something which their result depends on. */
function unanswerable(row: Row): string | undefined {
  const expr = String(row.expr);
  if (row.partial === true) return 'holds a value that cannot be written down';
  if (/\bprocess\./.test(expr) && row.engineOnly !== true) return 'tells of the process that recorded it';
  if (/\$env\b/.test(expr) && row.matcher !== 'toThrow') return 'reads the environment of the recording';
  if (/Don't throw on missing execution data/.test(String(row.test)))
    return 'wants a mode in which missing data is hidden';
  const { workflow, expected } = row;
  if (
    isObject(expected) &&
    typeof expected.id === 'string' &&
    isObject(workflow) &&
    /\$workflow\b/.test(expr) &&
    workflow.id === undefined
  )
    return 'wants the id of a workflow, which the row does not hold';
  return undefined;
}

const fields = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) =>
      isUndefined(field) ? [] : [[key, withoutUndefined(field)]],
    ),
  );
}

/** Compares `{value}` or `{error}` with what a row expects. */
export function judgeByMatcher(row: Row, answer: Answer): string | null {
  const failed = typeof answer.error === 'string' ? answer.error : undefined;
  if (row.matcher === undefined && row.error !== undefined) return judgeFailure(row.error, failed, answer);
  const matcher = String(row.matcher ?? 'toEqual');
  if (matcher === 'toThrow' || matcher === 'toThrowError') {
    if (row.not === true) return failed === undefined ? null : `failed: ${failed}`;
    return judgeFailure(row.expected, failed, answer);
  }
  if (failed !== undefined) return `failed: ${failed}`;
  const value = follow(answer.value, Array.isArray(row.post) ? row.post : []);
  const reason = judgeValue(matcher, row.expected, value);
  if (row.not !== true) return reason;
  return reason === null ? `must not be ${matcher} ${short(row.expected)}, but is ${short(value)}` : null;
}

function judgeFailure(expected: unknown, failed: string | undefined, answer: Answer): string | null {
  const text = isObject(expected)
    ? isObject(expected.$error)
      ? expected.$error.message
      : typeof expected.$regex === 'string'
        ? expected
        : expected.message
    : expected;
  if (failed === undefined)
    return `must fail${text ? ` with ${short(text)}` : ''}, gave ${short(answer.value)}`;
  if (text === null || text === undefined || pattern(text).test(failed)) return null;
  return `must fail with ${short(text)}, failed with ${short(failed)}`;
}

function judgeValue(matcher: string, expected: unknown, value: unknown): string | null {
  const be = (right: boolean, what: string) => (right ? null : `must be ${what}, is ${short(value)}`);
  switch (matcher) {
    case 'toBeUndefined':
      return be(isUndefined(value), 'undefined');
    case 'toBeDefined':
      return be(!isUndefined(value), 'defined');
    case 'toBeNull':
      return be(value === null, 'null');
    case 'toBeNaN':
      return be(isObject(value) && value.$number === 'NaN', 'NaN');
    case 'toBeInstanceOf': {
      const name = isObject(expected) ? String(expected.$function) : String(expected);
      return be(isA(name, value), `a ${name}`);
    }
    case 'toMatch':
      return be(typeof value === 'string' && pattern(expected).test(value), `like ${short(expected)}`);
    case 'toHaveProperty':
      return be(isObject(value) && Object.hasOwn(value, String(expected)), `with ${short(expected)}`);
    case 'toHaveLength':
      return be(
        (Array.isArray(value) || typeof value === 'string') && value.length === expected,
        `${short(expected)} long`,
      );
    case 'toBe':
    case 'toEqual':
    case 'toStrictEqual':
    case 'toMatchObject':
      return difference(expected, value);
    default:
      return `there is no way to judge “${matcher}” here`;
  }
}

/** Calls that the recording made on the result before it compared. */
function follow(value: unknown, steps: readonly unknown[]): unknown {
  if (steps.length === 0) return value;
  let current: unknown = asLive(value);
  for (const step of steps) {
    const { call, get, args = [] } = step as { call?: string; get?: string; args?: unknown[] };
    if (call === 'asDateTime' || call === 'asInterval' || call === 'asDuration') {
      if (call === 'asDateTime' && current instanceof Date) current = DateTime.fromJSDate(current);
      continue;
    }
    const owner = current as Record<string, unknown>;
    const found = owner?.[get ?? call ?? ''];
    current =
      get !== undefined ? found : (found as (...a: unknown[]) => unknown).apply(owner, args.map(asLive));
  }
  if (current instanceof DateTime) return { $luxon: current.toISO(), zone: current.zoneName };
  if (current instanceof Date) return { $date: current.toISOString() };
  return current;
}

function asLive(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (typeof value.$date === 'string') return new Date(value.$date);
  if (typeof value.$luxon === 'string')
    return DateTime.fromISO(
      value.$luxon,
      typeof value.zone === 'string' ? { zone: value.zone } : { setZone: true },
    );
  if (typeof value.$interval === 'string') return Interval.fromISO(value.$interval);
  if (typeof value.$duration === 'string') return Duration.fromISO(value.$duration);
  return value;
}
