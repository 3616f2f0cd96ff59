import { list } from '../n8n-export-values.ts';
import { compact } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** Without a limit of its own, n8n stops at none. */
const NO_LIMIT = 10_000;
const COMPLETE: Record<string, string> = { status: 'receiveSpecificStatusCodes', condition: 'other' };

/** The option for further pages; none when only one is fetched. */
export function theirPages(parameters: Values): Values {
  if (parameters.pages !== 'next-url' && parameters.pages !== 'parameters') return {};
  const complete = COMPLETE[String(parameters.completeWhen)];
  const limited = parameters.maxPages !== NO_LIMIT;
  const pagination = compact({
    ...(parameters.pages === 'next-url'
      ? { paginationMode: 'responseContainsNextURL', nextURL: parameters.nextUrl }
      : { parameters: { parameters: list(parameters.pageParameters).map(parameterOf) } }),
    paginationCompleteWhen: complete,
    statusCodesWhenComplete: parameters.completeWhen === 'status' ? parameters.completeStatus : undefined,
    completeExpression: parameters.completeWhen === 'condition' ? parameters.completeCondition : undefined,
    limitPagesFetched: limited || undefined,
    maxRequests: limited ? parameters.maxPages : undefined,
    requestInterval: parameters.pagePauseMs === 0 ? undefined : parameters.pagePauseMs,
  });
  return { pagination: { pagination } };
}

const parameterOf = ({ place, name, value }: Values): Values => ({
  ...(place === 'body' || place === 'headers' ? { type: place } : {}),
  name,
  value,
});
