import { expect } from '@playwright/test';
import { edges, node } from '#tests/support/workflows.ts';
import { createApi } from './api.ts';
import { call } from './plain-http.ts';
import { test } from './test.ts';

/** Somebody without an account fills in a form of two pages, with a file, and sees the end. */
test('a form is filled in, page after page', async ({ page, context }) => {
  const api = createApi('forms');
  const { body: created } = await api.call<{ id: string }>('POST', '/workflows', {
    name: 'Application',
    nodes: [
      node('form', 'form-trigger', {
        title: 'Apply for a job',
        description: 'It takes two minutes.',
        submitLabel: 'Next',
        fields: [
          { label: 'Your name', kind: 'text', required: true, placeholder: 'Ada Lovelace' },
          { label: 'E-mail', kind: 'email', required: true },
          { label: 'Team', kind: 'select', options: 'Engine\nEditor' },
          { label: 'Days', kind: 'checkbox', options: 'Monday\nTuesday', help: 'When you could start.' },
          { label: 'CV', kind: 'file', accept: '.txt' },
          { label: 'source', kind: 'hidden' },
        ],
      }),
      node('more', 'form-page', {
        operation: 'page',
        title: 'Hello {{ $json["Your name"] }}',
        fields: [{ label: 'Why us?', kind: 'textarea', required: true }],
      }),
      node('end', 'form-page', {
        operation: 'ending',
        endingTitle: 'Thank you, {{ $("form").item.json["Your name"] }}',
        endingMessage: 'From {{ $("form").item.json.source }}: {{ $json["Why us?"] }}',
      }),
    ],
    edges: edges('form>more', 'more>end'),
  });
  const { body: active } = await api.call<{ triggers: { url: string }[] }>(
    'POST',
    `/workflows/${created.id}/activate`,
  );

  await context.clearCookies();
  await page.goto(`${active.triggers[0]!.url}?source=fair`);
  await expect(page.getByRole('heading', { name: 'Apply for a job' })).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Fill this in.')).toHaveCount(2);
  await expect(page.getByLabel('Your name')).toBeFocused();

  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Team').selectOption('Engine');
  await page.getByLabel('Tuesday').check();
  await page
    .getByLabel('CV')
    .setInputFiles({ name: 'cv.txt', mimeType: 'text/plain', buffer: Buffer.from('life') });
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByRole('heading', { name: 'Hello Ada' })).toBeVisible();
  await page.getByLabel('Why us?').fill('It is fast');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you, Ada' })).toBeVisible();
  await expect(page.getByText('From fair: It is fast')).toBeVisible();

  const { body: list } = await api.call<{ data: { id: string; status: string }[] }>(
    'GET',
    `/executions?workflowId=${created.id}`,
  );
  await expect
    .poll(
      async () => (await api.call<{ status: string }>('GET', `/executions/${list.data[0]!.id}`)).body.status,
    )
    .toBe('completed');
});

/** Where a user and a password are asked for, nobody else learns what the page asks. */
for (const [type, name, procedure] of [
  ['form-trigger', 'form', 'forms.get'],
  ['chat-trigger', 'chat', 'chat.get'],
] as const)
  test(`a ${name} with a password shows its title only to those who have it`, async ({ browser }) => {
    const api = createApi(`locked-${name}`);
    const title = `Plan ${Date.now()}`;
    const { body: auth } = await api.call<{ id: string }>('POST', '/credentials', {
      name: 'Guests',
      type: 'basic',
      data: { user: 'ada', password: 's3cret' },
    });
    const trigger = node('start', type, {
      title,
      authentication: 'basic',
      ...(name === 'form' ? { fields: [{ label: 'Name', kind: 'text' }] } : {}),
    });
    const { body: created } = await api.call<{ id: string }>('POST', '/workflows', {
      name: 'Locked',
      nodes: [{ ...trigger, credentials: { auth: auth.id } }, node('end', 'set')],
      edges: edges('start>end'),
    });
    const { body: active } = await api.call<{ triggers: { url: string }[] }>(
      'POST',
      `/workflows/${created.id}/activate`,
    );
    const { pathname } = new URL(active.triggers[0]!.url);
    const [, , endpointId] = pathname.split('/') as [string, string, string];

    const ask = (pass?: string) =>
      call(
        `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: { endpointId, pass } }))}`,
      );
    for (const pass of [undefined, '', '9999999999999.x']) {
      const answer = await ask(pass);
      expect([pass, answer.status, answer.text.includes(title)]).toEqual([pass, 401, false]);
    }
    const encoded = pathname.replace(endpointId[0]!, `%${endpointId.charCodeAt(0).toString(16)}`);
    for (const path of [pathname, `${pathname}?_rsc=1`, encoded, `${pathname}.rsc`, `/${pathname}`]) {
      const answer = await call(path, { headers: { rsc: '1', 'x-linkflow-pass': '9999999999999.x' } });
      expect([path, answer.text.includes(title)]).toEqual([path, false]);
    }

    const guest = await browser.newContext({ httpCredentials: { username: 'ada', password: 's3cret' } });
    const page = await guest.newPage();
    await page.goto(active.triggers[0]!.url);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    if (name === 'form') {
      await page.getByLabel('Name').fill('Ada');
      await page.getByRole('button', { name: 'Submit' }).click();
      await expect(page.getByRole('heading', { name: title })).toHaveCount(0);
    }
    await guest.close();
  });
