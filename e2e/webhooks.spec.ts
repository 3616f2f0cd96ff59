import { expect, type Page } from '@playwright/test';
import { addField, connect, dropNode, fill, openNode, signUp, webhookUrl } from './editor.ts';
import { test } from './test.ts';

const started = Date.now();

test('a webhook is tried out on the draft, and has the same URL when it is live', async ({ page }) => {
  await newWebhook(page, 'listen');
  await addField(page, 0, 'greeting', 'Hello {{ $json.body.name }}');
  await openNode(page, 'Webhook');
  await choose(page, 'Respond', /When the workflow ends/);
  const panel = page.getByTestId('config-panel');
  const bar = page.getByTestId('listening-bar');

  const url = await test.step('listen: a call runs the draft, and is answered', async () => {
    await panel.getByRole('button', { name: 'Listen for a call' }).click();
    await expect(bar).toContainText('Listening for calls of “Webhook”');
    await expect(panel.getByText('Open for the draft')).toBeVisible();
    const opened = await webhookUrl(page);
    expect(await callOf(opened, { name: 'Grace' })).toMatchObject({
      status: 200,
      body: { greeting: 'Hello Grace' },
    });
    await expectLit(page);
    return opened;
  });

  await test.step('the next call runs the draft as it is then', async () => {
    await openNode(page, 'Edit fields');
    await fill(page, 'Value of field 1', 'Bye {{ $json.body.name }}');
    await expect(page.getByTestId('save-state')).toContainText(/saved/i);
    await expect(bar).toBeVisible(); // the node that listens need not be the open one
    expect(await callOf(url, { name: 'Grace' })).toMatchObject({
      status: 200,
      body: { greeting: 'Bye Grace' },
    });
  });

  await test.step('stop: the address is closed at once', async () => {
    await bar.getByRole('button', { name: 'Stop listening' }).click();
    await expect(bar).toHaveCount(0);
    await expect.poll(async () => (await callOf(url, { name: 'Grace' })).status).toBe(404);
  });

  await test.step('leaving the editor closes it too', async () => {
    await openNode(page, 'Webhook');
    await panel.getByRole('button', { name: 'Listen for a call' }).click();
    await expect(panel.getByText('Open for the draft')).toBeVisible();
    await panel.getByRole('button', { name: 'Stop listening' }).click();
    await expect(bar).toHaveCount(0);
    await panel.getByRole('button', { name: 'Listen for a call' }).click();
    await expect(panel.getByText('Open for the draft')).toBeVisible();
    await page.goto(page.url());
    await expect.poll(async () => (await callOf(url, { name: 'Grace' })).status).toBe(404);
  });

  await test.step('live: the same URL, shown on the canvas all the same', async () => {
    await expect(page.getByTestId('node-Webhook')).not.toHaveAttribute('data-run-status', 'completed');
    await page.getByTestId('activate-switch').click();
    await expect(page.getByTestId('live-state')).toContainText(/live/i);
    await openNode(page, 'Webhook');
    await expect(panel.getByText('Live', { exact: true })).toBeVisible();
    expect(await webhookUrl(page)).toBe(url);
    await expect(panel.getByText('No calls in the last 30 days.')).toBeVisible();
    expect((await callOf(url, { name: 'Ada' })).body).toMatchObject({ greeting: 'Bye Ada' });
    await expectLit(page);
  });

  await test.step('calls are counted, and a refused one says why', async () => {
    expect((await callOf(url, undefined, { method: 'GET' })).status).toBe(405);
    expect((await callOf(url, { name: 'Ada' }, { headers: { 'x-github-delivery': '1' } })).status).toBe(200);
    expect((await callOf(url, { name: 'Ada' }, { headers: { 'x-github-delivery': '1' } })).status).toBe(200);
    const calls = page.getByTestId('webhook-calls');
    await expect(calls).toContainText('Last refusal: This webhook takes POST, not GET.', { timeout: 20_000 });
    await expect(calls).toContainText(/Accepted\s*2/);
    await expect(calls).toContainText(/Repeated\s*1/);
    await expect(calls).toContainText(/Refused\s*1/);
  });
});

test('a webhook lets in who has the credential that was chosen in its panel', async ({ page }) => {
  await newWebhook(page, 'locked');
  await addField(page, 0, 'ok', 'yes');
  await openNode(page, 'Webhook');
  await choose(page, 'Respond', /When the workflow ends/);
  await choose(page, 'Who may call', /A secret header/);
  const panel = page.getByTestId('config-panel');
  await panel.getByRole('button', { name: 'New credential' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-field="data.name"]').getByRole('textbox').fill('X-Shop-Key');
  await dialog.locator('[data-field="data.value"]').locator('input').fill('open sesame');
  await dialog.getByRole('button', { name: 'Save credential' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(panel.getByTestId('field-issue')).toHaveCount(0);
  await expect(page.getByTestId('save-state')).toContainText(/saved/i);
  await panel.getByRole('button', { name: 'Listen for a call' }).click();
  await expect(panel.getByText('Open for the draft')).toBeVisible();
  await expect(page.getByTestId('webhook-url')).toContainText("-H 'NAME: SECRET'");
  const url = await webhookUrl(page);

  const withKey = (key: string) => callOf(url, {}, { headers: { 'x-shop-key': key } });
  expect(await callOf(url, {})).toMatchObject({
    status: 401,
    body: { detail: 'The secret header is missing or not right.' },
  });
  expect((await withKey('open barley')).status).toBe(401);
  await expect(page.getByTestId('node-Webhook')).not.toHaveAttribute('data-run-status', 'completed');
  expect(await withKey('open sesame')).toMatchObject({ status: 200, body: { ok: 'yes' } });
  await expectLit(page);
  await page.getByTestId('activate-switch').click();
  await expect(page.getByTestId('live-state')).toContainText(/live/i);
  expect((await callOf(url, {})).status).toBe(401);
  expect((await withKey('open sesame')).status).toBe(200);
  // the secret that opened it is in no execution
  await page.getByRole('tab', { name: 'Output' }).click();
  await expect(page.getByTestId('data-panel').last()).toContainText('[hidden]');
  expect(await page.content()).not.toContain('open sesame');
});

/** A new workflow of a new person: a webhook, then “Edit fields”, which is open. */
async function newWebhook(page: Page, name: string): Promise<void> {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Ada Lovelace', `${name}-${started}@example.com`);
  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await dropNode(page, 'webhook-trigger', 120, 260);
  await dropNode(page, 'set', 420, 260);
  await connect(page, 'Webhook', 'main', 'Edit fields', 'main');
  await openNode(page, 'Edit fields');
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page
    .getByTestId('config-panel')
    .getByRole('combobox', { name: new RegExp(`^${label}`) })
    .first()
    .click();
  await page.getByRole('option', { name: option }).click();
}

async function expectLit(page: Page): Promise<void> {
  for (const name of ['Webhook', 'Edit fields'])
    await expect(page.getByTestId(`node-${name}`)).toHaveAttribute('data-run-status', 'completed');
}

async function callOf(
  url: string,
  body: unknown,
  { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
