import { spawnSync } from 'node:child_process';
import { type Browser, expect, type Page } from '@playwright/test';
import { totpOf } from '#server/auth/second-factor.ts';
import { edges, node, set } from '#tests/support/workflows.ts';
import { chooseFromAccount, signUp } from './editor.ts';
import { linkTo, logIn, openOutbox } from './outbox.ts';
import { call } from './plain-http.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
/** Whoever is removed sees nothing new after this time, in ms. */
const GONE_WITHIN_MS = 5_000;
const started = Date.now();
const url = (path: string) => `${process.env.E2E_URL}${path}`;

test('a team: two-factor login, an invitation, a key, roles, and the end of a membership', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const operator = await openOutbox(browser);
  const email = `olivia-${started}@example.com`;
  await signUp(page, url('/signup'), 'Olivia Owner', email);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;

  await test.step('confirm the address by the link in the mail', async () => {
    await page.goto(await linkTo(operator, email, 'Confirm your e-mail address'));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText(`${email} is confirmed.`)).toBeVisible();
  });

  await test.step('turn two-factor login on, log out, and in with a code', async () => {
    await page.goto(url(`/w/${workspace}/account`));
    await page.getByRole('button', { name: 'Set up…' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    const secret = (await page.getByTestId('totp-secret').textContent())!.replace(/\s/g, '');
    const first = totpOf(secret).generate();
    await page.getByLabel('Code').fill(first);
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'I have them' }).click();
    await chooseFromAccount(page, 'Log out');
    await expect(page).toHaveURL(/\/login/);
    await logIn(page, email, PASSWORD);
    await page.getByLabel('Code').fill(first); // a code is good once
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByText('This code is not right')).toBeVisible();
    // clocks may be off by a period, so the next code is good already
    await page.getByLabel('Code').fill(totpOf(secret).generate({ timestamp: Date.now() + 30_000 }));
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page).toHaveURL(/\/w\/[\w-]+\/workflows/);
  });

  const key = await test.step('a key made on the page works with curl', async () => {
    await page.goto(url(`/w/${workspace}/api-keys`));
    await page.getByRole('button', { name: 'Create key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('My script');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await expect(dialog.getByText('Key “My script” is ready')).toBeVisible();
    // the very command that the page shows
    const command = (await dialog.locator('pre').textContent())!;
    expect(await answerTo(command)).toMatch(/"data":\[\]/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    return command.match(/lf_[\w-]+/)![0];
  });

  const { id: workflowId, hook } = await test.step('a live workflow, made with the key', async () => {
    const created = await ask(key, 'POST', '/workflows', {
      name: 'Orders',
      nodes: [node('Webhook', 'webhook-trigger'), { ...set('Set', 'a', 1), position: { x: 300, y: 0 } }],
      edges: edges('Webhook>Set'),
    });
    const active = await ask(key, 'POST', `/workflows/${created.id}/activate`);
    return { id: created.id as string, hook: (active.triggers as { url: string }[])[0]!.url };
  });
  const editor = url(`/w/${workspace}/workflows/${workflowId}`);

  const colleague = `conrad-${started}@example.com`;
  const other = await test.step('a colleague comes by the link in the mail', async () => {
    await page.goto(url(`/w/${workspace}/members`));
    await page.getByRole('button', { name: 'Invite member' }).click();
    await page.getByRole('dialog').getByLabel('E-mail').fill(colleague);
    await page.getByRole('dialog').getByRole('button', { name: 'Create invitation' }).click();
    await expect(page.getByLabel('Invitation link')).toBeVisible();
    const link = await linkTo(operator, colleague, 'invites you', /https?:\/\/\S+\/invite\/[\w-]+/);
    const guest = await newPage(browser);
    await guest.goto(link);
    await guest
      .getByRole('link', { name: /create|sign up/i })
      .first()
      .click();
    await guest.getByLabel('Name').fill('Conrad Colleague');
    await guest.getByLabel('E-mail').fill(colleague);
    await guest.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await guest.getByRole('button', { name: 'Create account' }).click();
    await guest.getByRole('button', { name: /accept|join/i }).click();
    await expect(guest).toHaveURL(new RegExp(`/w/${workspace}`));
    return guest;
  });
  const cookie = (await other.context().cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const start = () =>
    call('/api/trpc/executions.start', {
      method: 'POST',
      headers: { cookie, 'x-workspace-id': workspace, 'content-type': 'application/json' },
      body: JSON.stringify({ json: { id: workflowId, version: 'draft' } }),
    });

  await test.step('a member may run it, a viewer may look', async () => {
    await other.goto(editor);
    await expect(other.getByTestId('run-button')).toBeVisible();
    await expect(other.getByTestId('palette-set')).toBeVisible();
    expect((await start()).status).toBe(200);
    await page.goto(url(`/w/${workspace}/members`));
    await page.getByRole('combobox', { name: 'Role of Conrad Colleague' }).click();
    await page.getByRole('option', { name: /Viewer/ }).click();
    await expect(page.getByText('Conrad Colleague has a new role.')).toBeVisible();
    expect((await start()).status).toBe(403);
    await other.reload();
    await expect(other.getByTestId('node-Webhook')).toBeVisible();
    for (const gone of ['run-button', 'activate-switch', 'palette-set'])
      await expect(other.getByTestId(gone)).toHaveCount(0);
  });

  await test.step('who is removed is out at once, and the open page learns nothing more', async () => {
    const shown = other.getByTestId('run-bar').getByRole('link', { name: 'Details' });
    await fetch(hook, { method: 'POST' });
    await expect(shown).toBeVisible();
    const last = await shown.getAttribute('href');
    const stream = await openStream(cookie, workspace);
    await page.getByRole('button', { name: 'Remove Conrad Colleague' }).click();
    await page.getByRole('button', { name: 'Remove member' }).click();
    await expect(page.getByText('Conrad Colleague was removed.')).toBeVisible();
    const removed = Date.now();
    await stream.ended;
    const tookMs = Date.now() - removed;
    console.log(`the stream of a removed member ended after ${tookMs} ms`);
    expect(tookMs).toBeLessThan(GONE_WITHIN_MS);
    expect((await start()).status).toBe(404);
    // the page has a stream of its own, that began at another moment
    await expect
      .poll(async () => Date.now() - removed, { timeout: GONE_WITHIN_MS + 1_000 })
      .toBeGreaterThan(GONE_WITHIN_MS);
    await page.goto(editor);
    await expect(page.getByTestId('node-Webhook')).toBeVisible();
    await expect(async () => {
      await fetch(hook, { method: 'POST' });
      await expect(page.getByTestId('run-bar')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(await shown.getAttribute('href')).toBe(last);
    const response = await other.reload();
    expect(response?.status()).toBe(404);
    await expect(other.getByText('There is nothing here')).toBeVisible();
  });
  await other.context().close();
  await operator.context().close();
});

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

/** Runs a command line with curl. Without it on this machine, what it says is done here. */
async function answerTo(command: string): Promise<string> {
  const { error, status, stdout, stderr } = spawnSync('sh', ['-c', `${command} -sS --fail`], {
    encoding: 'utf8',
  });
  const isMissing = error !== undefined || status === 127;
  if (!isMissing) {
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  }
  const [, address] = /curl (\S+)/.exec(command)!;
  const [, name, value] = /-H "([^:]+): ([^"]+)"/.exec(command)!;
  const response = await fetch(address!, { headers: { [name!]: value! } });
  expect(response.status).toBe(200);
  return response.text();
}

async function ask(
  key: string,
  method: string,
  path: string,
  body: unknown = {},
): Promise<Record<string, unknown>> {
  const answer = await call(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, expect.any(String)]);
  return JSON.parse(answer.text) as Record<string, unknown>;
}

/** The executions of a workspace as they go on, as its pages listen to them. */
async function openStream(cookie: string, workspaceId: string): Promise<{ ended: Promise<unknown> }> {
  const query = new URLSearchParams({
    input: JSON.stringify({ json: {} }),
    connectionParams: JSON.stringify({ workspaceId }),
  });
  const response = await fetch(url(`/api/trpc/executions.watch?${query}`), {
    headers: { cookie, accept: 'text/event-stream' },
  });
  expect(response.status).toBe(200);
  return { ended: response.text() };
}
