import { expect, test } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { exportN8n } from '../n8n-export.ts';
import { theirProxy } from './export-n8n-proxy.ts';

test.each([
  ['', undefined],
  ['http://proxy.test:3128', 'http://proxy.test:3128'],
  ['{{ $json.proxy }}', '{{ $json.proxy }}'],
  [
    'http://{{ $vars.user }}:{{ $vars.pass }}@proxy.test',
    'http://{{ $vars.user }}:{{ $vars.pass }}@proxy.test',
  ],
])('goes along: %s', (proxy, expected) => {
  expect(theirProxy({ proxy })).toEqual({ ...(expected ? { proxy: expected } : {}), same: [] });
});

test.each(['me:hush@', 'http://me:hush@', 'https://me:{{ 1 }}hush@', 'http://a@hush@'])(
  'a login that is written out stays: %s',
  (login) => {
    const made = theirProxy({ proxy: `${login}proxy.test:3128` });
    expect(made.proxy).toMatch(/^(https?:\/\/)?proxy\.test:3128$/);
    expect(made.todo).toContain('login of its proxy');
  },
);

test.each([{}, { listAs: 'whole', responseFormat: 'json' }])(
  'a node says what is left to do: %j',
  (options) => {
    const exported = (proxy: string) => {
      const parameters = { url: 'https://api.test', options: { ...options, proxy } };
      const nodes = [{ id: 'N', name: 'N', type: 'http-request', parameters }];
      const { file, report } = exportN8n(workflowSchema.parse({ name: 'W', nodes }));
      return { options: file.nodes[0]!.parameters.options, ...report.nodes[0]! };
    };
    const open = exported('http://proxy.test:3128');
    expect(open.options).toMatchObject({ proxy: 'http://proxy.test:3128' });
    expect(open.status).toBe('mapped');
    const secret = exported('http://me:hush@proxy.test:3128');
    expect(secret).toMatchObject({
      status: 'approximated',
      reason: expect.stringContaining('login of its proxy'),
    });
    expect(JSON.stringify(secret)).not.toContain('hush');
  },
);
