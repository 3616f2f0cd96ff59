import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { edges, node } from '#tests/support/workflows.ts';
import { cli } from './api.ts';
import { signUp } from './editor.ts';
import type { StripeServer } from './fakes/stripe/server.ts';
import { logIn } from './outbox.ts';
import { startSellingSystem } from './selling-system.ts';
import { test } from './test.ts';

const DAY = 86_400;
/** Of the free plan, after the one of the other workflow. */
const LEFT = 999;
const PASSWORD = 'correct horse battery';
const GOOD_CARD = '4242 4242 4242 4242';
/** Of the first test, for the last one: a minute lies between them. */
const ADA = { email: 'ada@example.com', workspace: '', contacts: '' };
let fake: StripeServer;
let stop: (() => Promise<void>) | undefined;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(120_000);
  ({ fake, stop } = await startSellingSystem());
});
test.afterAll(() => stop?.());

test('from the prices to a plan that is used, paid, changed, cancelled and kept', async ({ page }) => {
  test.setTimeout(180_000);
  const { email } = ADA;
  const workspace = await test.step('the prices lead through the sign-up to the plans', async () => {
    await page.goto(`${process.env.E2E_URL}/`);
    await page.getByRole('navigation').getByRole('link', { name: 'Pricing' }).click();
    await expect(page.getByRole('heading', { name: 'Pay for what starts, not for each step' })).toBeVisible();
    await page.getByRole('radio', { name: /Yearly/ }).click();
    await expect(page.getByText('$290 paid once a year, you save $58')).toBeVisible();
    await page.getByRole('radio', { name: 'Monthly' }).click();
    await page.getByRole('link', { name: 'Try Pro for 14 days' }).click();
    await page.waitForURL(/\/signup\?/);
    await signUp(page, page.url(), 'Ada Lovelace', email);
    await expect(page).toHaveURL(/\/w\/[\w-]+\/billing\?interval=month/);
    await expect(plan(page).getByText('Free', { exact: true })).toBeVisible();
    return new URL(page.url()).pathname.split('/')[2]!;
  });
  const goTo = (name: string) => page.goto(`${process.env.E2E_URL}/w/${workspace}/${name}`);

  const contacts = await startWorkflow(email, 'Contacts');
  Object.assign(ADA, { workspace, contacts });
  await test.step('a budget of one workflow refuses its second call', async () => {
    expect(await callMany(contacts, 1)).toEqual({ 202: 1 });
    await goTo('usage');
    await page.getByRole('button', { name: 'Set a budget of Contacts' }).click();
    await page.getByLabel('Executions a month').fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    const spent = page.getByRole('meter', { name: 'Budget of Contacts' });
    await expect(spent).toHaveAttribute('aria-valuetext', '1 of 1');
    expect(await callMany(contacts, 1)).toEqual({ 429: 1 });
  });

  const url = await startWorkflow(email, 'Orders');
  await test.step('a call over the limit is refused, and everybody sees why', async () => {
    expect(await callMany(url, LEFT)).toEqual({ 202: LEFT });
    const refused = await fetch(url, { method: 'POST' });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining('This month’s executions of the workspace are used up.'),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await goTo('workflows');
    await expect(page.getByText('All 1,000 executions of this month are used.')).toBeVisible();
    await goTo('usage');
    await expect(page.getByRole('meter', { name: 'Executions this month' })).toHaveAttribute(
      'aria-valuetext',
      '1,000 of 1,000',
    );
    await expect(page.getByRole('region', { name: 'Refused starts' })).toContainText(
      '1 webhook call: the executions of the month were used up',
    );
    const chart = page.getByRole('slider', { name: 'executions by day' });
    await chart.focus();
    await expect(chart).toHaveAttribute('aria-valuetext', /: 1,000 executions$/);
  });

  await test.step('checkout: the plan holds as soon as Stripe’s page is left', async () => {
    await page.getByRole('link', { name: 'See plans' }).click();
    await page.getByRole('button', { name: 'Try Pro for 14 days' }).click();
    await page.getByLabel('Card number').fill(GOOD_CARD);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expect(page).toHaveURL(/\/billing$/);
    await expect(plan(page).getByText('Trial, 14 days left')).toBeVisible();
    await expect(page.getByRole('button', { name: /switch workspace/ })).toContainText('Pro plan');
    await expect.poll(async () => (await fetch(url, { method: 'POST' })).status).toBe(202);
    await goTo('usage');
    await expect(page.getByText('of 50,000')).toBeVisible();
  });

  await test.step('the trial ends, and the first payment is made', async () => {
    await fake.control.clock({ seconds: 15 * DAY });
    await goTo('billing');
    await eventually(page, () => plan(page).getByText('$29 a month. Renews on'));
    await expect(invoices(page).getByText('$29', { exact: true })).toBeVisible();
  });

  await test.step('a payment fails: the plan holds for some days, and the invoice is paid', async () => {
    fake.control.card({ customer: customer(), outcome: 'insufficient_funds' });
    await fake.control.clock({ seconds: 31 * DAY });
    await eventually(page, () => plan(page).getByText('Payment failed', { exact: true }));
    await expect(plan(page).getByText(/Pro holds until/)).toBeVisible();
    await goTo('workflows');
    await expect(page.getByText('A payment failed on')).toBeVisible();
    await page.getByRole('link', { name: 'Settle the payment' }).click();
    fake.control.card({ customer: customer(), outcome: 'good' });
    const opened = page.waitForEvent('popup');
    await invoices(page)
      .getByRole('link', { name: /^Pay invoice/ })
      .click();
    const invoice = await opened;
    await invoice.getByRole('button', { name: 'Pay with the saved card' }).click();
    await expect(invoice.getByText('Status: paid')).toBeVisible();
    await invoice.close();
    await eventually(page, () => plan(page).getByText('$29 a month. Renews on'));
  });

  await test.step('the portal: pay by the year', async () => {
    await page.getByRole('button', { name: 'Card, address, tax id' }).click();
    await page
      .getByRole('combobox', { name: 'Plan' })
      .selectOption({ label: 'LinkFlow Pro: $290.00 per year' });
    await page.getByRole('button', { name: 'Update plan' }).click();
    await page.getByRole('link', { name: 'Return' }).click();
    await expect(page).toHaveURL(/\/billing$/);
    await expect(plan(page).getByText('$290 a year. Renews on')).toBeVisible();
  });

  await test.step('a larger plan: the amount is said before it is charged', async () => {
    await page.getByRole('button', { name: 'Change to Business' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('To pay now')).toBeVisible();
    await dialog.getByRole('button', { name: /^Change and pay \$/ }).click();
    await expect(plan(page).getByText('$990 a year. Renews on')).toBeVisible();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('cancel, and think better of it', async () => {
    await page.getByRole('button', { name: 'Cancel the plan…' }).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog.getByText('Executions older than 7 days are deleted')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel the plan' }).click();
    await expect(plan(page).getByText('Cancelled', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Keep the plan' }).click();
    await expect(plan(page).getByText('$990 a year. Renews on')).toBeVisible();
  });

  await test.step('extra executions, up to a number', async () => {
    await page.getByRole('switch', { name: 'Allow extra executions' }).click();
    await page.getByLabel('At most, a month').fill('20,000');
    await expect(page.getByText('At most $12 more a month.')).toBeVisible();
    await page.getByRole('button', { name: 'Allow them' }).click();
    await goTo('usage');
    await expect(page.getByText('500,000 in the plan + 20,000 extra')).toBeVisible();
  });

  await test.step('the pages have no barriers that a program finds', async () => {
    for (const [path, heading] of [
      ['/pricing', 'Questions'],
      [`/w/${workspace}/billing`, 'Invoices'],
      [`/w/${workspace}/usage`, 'Earlier months'],
    ] as const) {
      await page.goto(`${process.env.E2E_URL}${path}`);
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]));
      expect.soft([path, found]).toEqual([path, []]);
    }
  });
});

test('what a plan does not have is refused with the way to it, and an operator gives more', async ({
  page,
}) => {
  const email = 'grace@example.com';
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Grace Hopper', email);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;

  await test.step('seats', async () => {
    await page.goto(`${process.env.E2E_URL}/w/${workspace}/members?invite=1`);
    for (const name of ['one', 'two', 'three']) {
      await page.getByLabel('E-mail').fill(`${name}@example.com`);
      await page.getByRole('button', { name: 'Create invitation' }).click();
      if (name !== 'three') await page.getByRole('button', { name: 'Invite another' }).click();
    }
    const offer = page.getByRole('dialog', { name: 'No seat is free' });
    await expect(offer).toContainText('50,000 executions a month');
    await offer.getByRole('link', { name: 'See plans' }).click();
    await expect(page).toHaveURL(/\/billing$/);
    await expect(offer).toHaveCount(0);
  });

  await test.step('the operator gives more, and sets a plan', async () => {
    cli('user', 'create', '--email', 'boss@example.com', '--password', PASSWORD, '--admin');
    await page.context().clearCookies();
    await logIn(page, 'boss@example.com', PASSWORD);
    await page.waitForURL(/\/w\//);
    await page.goto(`${process.env.E2E_URL}/admin/workspaces`);
    await page.getByLabel('Search by name or id').fill(workspace);
    await page.getByText('Grace’s workspace').click();
    await page.getByLabel('More executions this month').fill('500');
    await page.getByRole('button', { name: 'Give' }).click();
    await expect(page.getByText('of 1,500 executions this month')).toBeVisible();
    await page.getByRole('combobox', { name: 'Plan' }).click();
    await page.getByRole('option', { name: 'Enterprise' }).click();
    await expect(page.getByText('Enterprise, set by an operator')).toBeVisible();
    await expect(page.getByText(/^\d executions this month, 500 given/)).toBeVisible();
  });
});

test('the workflow whose budget is spent is paused within a minute, and starts again', async ({ page }) => {
  await logIn(page, ADA.email, PASSWORD);
  await page.waitForURL(/\/w\//);
  await eventually(page, () => page.getByText('By its budget'));
  await page.goto(`${process.env.E2E_URL}/w/${ADA.workspace}/usage`);
  await page.getByRole('button', { name: 'budget of Contacts' }).click();
  await page.getByLabel('Executions a month').fill('1,000');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: /^Start again.*Contacts/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByText('Paused by its budget')).toHaveCount(0);
  await expect.poll(async () => (await fetch(ADA.contacts, { method: 'POST' })).status).toBe(202);
});

const plan = (page: Page) => page.getByRole('region', { name: 'Your plan' });
const invoices = (page: Page) => page.getByRole('region', { name: 'Invoices' });
const customer = () => fake.sandbox.customers.newestFirst()[0]!.id;

/** What Stripe or a job of the worker changes is there after a while; the page does not watch for it. */
async function eventually(page: Page, found: () => ReturnType<Page['getByText']>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(found()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

/** A workflow that a webhook starts; its address. */
async function startWorkflow(email: string, name: string): Promise<string> {
  const { key } = cli('apikey', 'create', '--email', email, '--name', 'e2e');
  const call = async (path: string, body: unknown) => {
    const answer = await fetch(`${process.env.E2E_URL}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    expect(answer.ok, text).toBe(true);
    return JSON.parse(text) as { id: string; triggers: { url: string }[] };
  };
  const { id } = await call('/workflows', {
    name,
    nodes: [node('Hook', 'webhook-trigger'), node('Pass', 'no-op')],
    edges: edges('Hook>Pass'),
  });
  return (await call(`/workflows/${id}/activate`, {})).triggers[0]!.url;
}

/** How many calls got which status. */
async function callMany(url: string, count: number): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let left = count;
  const caller = async () => {
    while (left-- > 0) {
      const { status, body } = await fetch(url, { method: 'POST' });
      await body?.cancel();
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, caller));
  return statuses;
}
