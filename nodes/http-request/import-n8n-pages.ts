import { compact, record, rows, text } from '../n8n-values.ts';
import { numberOr } from './import-n8n-old.ts';

type Values = Record<string, unknown>;

const PLACES: Record<string, string> = { body: 'body', headers: 'headers' };
const COMPLETE: Record<string, string> = { receiveSpecificStatusCodes: 'status', other: 'condition' };
/** There is no limit unless one is set. */
const NO_LIMIT = 10_000;

/** Parameters for the pages; none when only one is fetched. */
export function pagesOf(options: Values): Values {
  const given = record(options.pagination).pagination;
  if (given === undefined) return {};
  const page = record(given);
  const mode = text(page.paginationMode, 'updateAParameterInEachRequest');
  if (mode === 'off') return {};
  const completeWhen = COMPLETE[text(page.paginationCompleteWhen)];
  const limited = page.limitPagesFetched === true;
  return compact({
    ...(mode === 'responseContainsNextURL'
      ? { pages: 'next-url', nextUrl: page.nextURL ?? '' }
      : { pages: 'parameters', pageParameters: parametersOf(page) }),
    completeWhen,
    completeStatus: completeWhen === 'status' ? String(page.statusCodesWhenComplete ?? '') : undefined,
    completeCondition: completeWhen === 'condition' ? (page.completeExpression ?? '') : undefined,
    maxPages: limited ? (numberOr(page.maxRequests) ?? 100) : NO_LIMIT,
    pagePauseMs: numberOr(page.requestInterval) || undefined,
  });
}

const parametersOf = (page: Values) =>
  rows(page.parameters, 'parameters').map((row) =>
    compact({ place: PLACES[text(row.type)], name: row.name ?? '', value: row.value ?? '' }),
  );
