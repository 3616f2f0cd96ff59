import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { newIssuesOf } from './server-issues.ts';

const gone = {
  code: 'unknown-credential',
  severity: 'error' as const,
  nodeId: 'call',
  field: 'credentials.auth',
  message: 'It does not exist any more.',
};
const refusal = (issues: unknown) =>
  TRPCClientError.from({
    error: { code: -32600, message: 'no', data: { code: 'BAD_REQUEST', issues } },
  } as never);

it('takes the issues that the editor cannot see itself out of a refusal', () => {
  const known = { ...gone, code: 'missing-credential' };
  expect(newIssuesOf(refusal([known, gone]), [known])).toEqual([gone]);
  expect(newIssuesOf(refusal([gone]), [gone])).toEqual([]);
  expect(newIssuesOf(refusal('none'), [])).toEqual([]);
  expect(newIssuesOf(new Error('fetch failed'), [])).toEqual([]);
});
