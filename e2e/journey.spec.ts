import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { startSink } from '#tests/support/sink.ts';
import { addField, connect, dropNode, fill, openNode, signUp, webhookUrl } from './editor.ts';
import { test } from './test.ts';

/** The whole way once: sign up, draw a workflow by drag-and-drop, a webhook runs it, the browser watches. */
/** New on every run, so that a system that was there before can be used. */
const address = (name: string) => `${name}-${started}@example.com`;
const started = Date.now();
const url = (path: string) => `${process.env.E2E_URL}${path}`;

test('from sign-up to a live workflow that a colleague sees and a stranger does not', async ({
  page,
  browser,
}) => {
  const sink = await startSink();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));

  await signUp(page, url('/signup'), 'Ada Lovelace', address('ada'));
  await expect(page).toHaveURL(/\/w\/[\w-]+\/workflows$/);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;

  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await expect(page.getByTestId('editor')).toBeVisible();
  const editorUrl = page.url();

  await test.step('draw', async () => {
    await dropNode(page, 'webhook-trigger', 120, 260);
    await dropNode(page, 'set', 380, 260);
    await dropNode(page, 'if', 640, 260);
    await dropNode(page, 'http-request', 120, 480);
    await dropNode(page, 'respond-to-webhook', 420, 480);
    await connect(page, 'Webhook', 'main', 'Edit fields', 'main');
    await connect(page, 'Edit fields', 'main', 'If', 'main');
    await connect(page, 'If', 'true', 'HTTP request', 'main');
    await connect(page, 'HTTP request', 'main', 'Respond to webhook', 'main');
  });

  await test.step('configure', async () => {
    await openNode(page, 'Webhook');
    await choose(page, 'Respond', /Respond to webhook/);
    await openNode(page, 'Edit fields');
    await addField(page, 0, 'greeting', 'Hello {{ $json.body.name }}');
    await openNode(page, 'If');
    await fill(page, 'Left value of condition 1', '{{ $json.greeting }}');
    await choose(page, 'Operator', /contains$/i);
    await fill(page, 'Right value of condition 1', 'Hello');
    await openNode(page, 'HTTP request');
    await choose(page, 'Method', /^POST$/);
    await fill(page, 'URL', `${sink.url}/orders`);
    await expect(page.getByTestId('save-state')).toContainText(/saved/i);
  });

  const hook = await test.step('activate', async () => {
    await page.getByTestId('activate-switch').click();
    await expect(page.getByTestId('live-state')).toContainText(/live/i);
    await openNode(page, 'Webhook');
    return webhookUrl(page);
  });

  await test.step('call it, and see the nodes light up within a second', async () => {
    const lit = Promise.all(
      ['Webhook', 'Edit fields', 'If', 'HTTP request', 'Respond to webhook'].map((name) =>
        expect(page.getByTestId(`node-${name}`)).toHaveAttribute('data-run-status', 'completed', {
          timeout: 5_000,
        }),
      ),
    );
    const response = await fetch(hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Grace' }),
    });
    const answered = Date.now();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ path: '/orders', n: 1 });
    await lit;
    const seconds = (Date.now() - answered) / 1000;
    console.log(`nodes lit ${seconds.toFixed(2)} s after the answer`);
    expect(seconds).toBeLessThan(1);
    expect(sink.count('/orders')).toBe(1);
  });

  const detailUrl = await test.step('the execution shows its data', async () => {
    await page.goto(url(`/w/${workspace}/executions`));
    await page
      .getByRole('link', { name: /untitled workflow/i })
      .first()
      .click();
    await page.waitForURL(/executions\/[\w-]{36}$/);
    await expect(page.getByTestId('execution')).toBeVisible();
    await openNode(page, 'Edit fields');
    await expect(page.getByTestId('data-panel').last()).toContainText('Hello Grace');
    return page.url();
  });

  await test.step('a colleague accepts an invitation and sees it', async () => {
    await page.goto(url(`/w/${workspace}/members`));
    await page
      .getByRole('button', { name: /invite/i })
      .first()
      .click();
    await page.getByRole('dialog').getByLabel('E-mail').fill(address('grace'));
    await page.getByRole('dialog').getByRole('button', { name: 'Create invitation' }).click();
    const link = await page.getByLabel('Invitation link').inputValue();
    const grace = await newcomer(browser);
    await grace.goto(link);
    await grace
      .getByRole('link', { name: /create|sign up/i })
      .first()
      .click();
    await signUpForm(grace, 'Grace Hopper', address('grace'));
    await grace.getByRole('button', { name: /accept|join/i }).click();
    await expect(grace).toHaveURL(new RegExp(`/w/${workspace}`));
    await grace.goto(detailUrl);
    await expect(grace.getByTestId('execution')).toBeVisible();
    await grace.goto(editorUrl);
    await expect(grace.getByTestId('node-Webhook')).toBeVisible();
  });

  await test.step('a stranger gets 404', async () => {
    const stranger = await newcomer(browser);
    await signUp(stranger, url('/signup'), 'Mallory', address('mallory'));
    for (const place of [detailUrl, editorUrl, url(`/w/${workspace}/workflows`)]) {
      const response = await stranger.goto(place);
      expect(response?.status()).toBe(404);
      await expect(stranger.locator('body')).not.toContainText('Edit fields');
    }
  });

  expect(problems).toEqual([]);
  await sink.close();
});

async function newcomer(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function signUpForm(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  const control: Locator = page
    .getByTestId('config-panel')
    .getByRole('combobox', { name: label, exact: false })
    .first();
  await control.click();
  await page.getByRole('option', { name: option }).first().click();
}
