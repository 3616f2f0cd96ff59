import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import {
  approvalId,
  approvalUrl,
  linksOf,
  readApprovalId,
  readApprovalToken,
  readResumeToken,
  resumeUrl,
} from './links.ts';

beforeAll(() => {
  process.env.DATABASE_URL ??= 'postgresql://nobody@localhost/none';
  process.env.LINKFLOW_MASTER_KEY ??= 'ab'.repeat(32);
});

const executionId = '0199f0e2-5b1c-7d4e-8a3f-0123456789ab';
const ref = { executionId, node: 'frage “ü” / 1', run: 3 };
const tokenOf = (url: string) => url.split('/').at(-1)!;
const messageOf = (read: () => unknown): string => {
  try {
    return `accepted ${JSON.stringify(read())}`;
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
};
const NOT_FOUND = 'NOT_FOUND: This approval does not exist.';

describe('links', () => {
  it('lead back to the run that they were made for', () => {
    const url = approvalUrl(ref);
    expect(url).toMatch(/\/approve\/[\w-]+$/);
    expect(readApprovalToken(tokenOf(url))).toEqual(ref);
    expect(resumeUrl(executionId)).toMatch(/\/webhooks\/resume\/[\w-]{1,200}$/);
    expect(readResumeToken(tokenOf(resumeUrl(executionId)))).toBe(executionId);
    expect(linksOf(executionId).approval(ref.node, ref.run)).toBe(url);
    expect(linksOf(executionId).resume).toBe(resumeUrl(executionId));
  });

  it('are worth nothing when a single character differs, is missing or is added', () => {
    const token = tokenOf(approvalUrl(ref));
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, i) + other + token.slice(i + 1);
      expect(messageOf(() => readApprovalToken(changed))).toBe(NOT_FOUND);
    }
    for (const text of [token.slice(1), token.slice(0, -1), `${token}A`, `${token}=`, ` ${token}`, '', 'x'])
      expect(messageOf(() => readApprovalToken(text))).toBe(NOT_FOUND);
  });

  it('serve one purpose only', () => {
    const resume = tokenOf(resumeUrl(executionId));
    const approve = tokenOf(approvalUrl({ executionId, node: '', run: 0 }));
    expect(messageOf(() => readApprovalToken(resume))).toBe(NOT_FOUND);
    expect(messageOf(() => readResumeToken(approve))).toBe('NOT_FOUND: This webhook does not exist.');
  });

  it('differ for every run, node and execution', () => {
    const urls = [
      ref,
      { ...ref, run: 4 },
      { ...ref, node: 'other' },
      { ...ref, executionId: '0199f0e2-5b1c-7d4e-8a3f-0123456789ac' },
    ].map(approvalUrl);
    expect(new Set(urls).size).toBe(4);
  });
});

describe('ids of approvals', () => {
  it('name a run and prove nothing', () => {
    const id = approvalId(ref);
    expect(readApprovalId(id)).toEqual(ref);
    expect(messageOf(() => readApprovalToken(id))).toBe(NOT_FOUND);
  });

  it.each([
    '',
    'x',
    '../..',
    Buffer.alloc(19).toString('base64url'),
    Buffer.concat([Buffer.alloc(16), Buffer.from([255, 255, 255, 255])]).toString('base64url'),
    Buffer.concat([Buffer.alloc(20), Buffer.from('a\0b')]).toString('base64url'),
  ])('%j is none', (id) => {
    expect(messageOf(() => readApprovalId(id))).toBe(NOT_FOUND);
  });
});
