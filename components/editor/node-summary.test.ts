import { describe, expect, it } from 'vitest';
import { nodeSchema } from '#engine/workflow.ts';
import { definitionOf } from './definition-of.ts';
import { nodeSummary } from './node-summary.ts';

const summary = (type: string, parameters: Record<string, unknown>, name = 'X') => {
  const node = nodeSchema.parse({ id: 'n', name, type, parameters });
  return nodeSummary(definitionOf(node), node);
};

describe('the line under a node’s name', () => {
  it('says what a request does', () => {
    expect(summary('http-request', { url: 'https://a.example' })).toBe('GET · https://a.example');
  });
  it('says a single condition in words', () => {
    const rows = [{ left: '{{ $json.total }}', operator: 'number.gt', right: 100 }];
    expect(summary('if', { conditions: { combinator: 'and', rows } })).toMatch(/^total .*greater.* 100$/);
  });
  it('never tells a secret', () => {
    const keyFrom = 'field';
    expect(summary('totp', { digits: '8', keyFrom, secret: 'JBSWY3DP' })).not.toContain('JBSWY3DP');
    expect(summary('crypto', { operation: 'sign', keyFrom, privateKey: 'KEY' })).not.toContain('KEY');
  });
  it('never tells what no form shows', () => {
    const parameters = { authentication: 'credential', credentialType: 'slackApi' };
    expect(summary('http-request', parameters)).toBe('GET · Credential');
  });
  it('falls back to the type’s name', () => {
    expect(summary('no-op', {}, 'Somewhere')).toBe(definitionOf({ type: 'no-op', version: 1 })?.name);
  });
});
