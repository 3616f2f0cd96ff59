import { type Browser, expect, type Page } from '@playwright/test';
import { cli } from './api.ts';
import { signUp } from './editor.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
const started = Date.now();

test('an operator finds people, blocks one, gives seats and sees what runs', async ({ page, browser }) => {
  // before anybody signs up, for the first user is an operator
  const operator = `boss-${started}@example.com`;
  cli('user', 'create', '--email', operator, '--password', PASSWORD, '--admin');
  const email = `mallory-${started}@example.com`;
  const mallory = await newPage(browser);
  await signUp(mallory, `${process.env.E2E_URL}/signup`, 'Mallory Mischief', email);
  await mallory.goto(`${process.env.E2E_URL}/admin`);
  await expect(mallory.getByText('There is nothing here')).toBeVisible();
  await mallory.goBack();

  await page.goto(`${process.env.E2E_URL}/login?next=/admin`);
  await page.getByLabel('E-mail').fill(operator);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText('Workers alive')).toBeVisible();

  await test.step('block somebody', async () => {
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByLabel('Search by name or address').fill(email);
    const row = page.getByRole('list', { name: 'People' }).getByRole('listitem');
    await expect(row).toHaveCount(1);
    await row.getByRole('button', { name: 'Actions for Mallory Mischief' }).click();
    await page.getByRole('menuitem', { name: 'Block…' }).click();
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await expect(row.getByText('Blocked')).toBeVisible();
    await mallory.reload();
    await expect(mallory).toHaveURL(/\/login/);
    await mallory.getByLabel('E-mail').fill(email);
    await mallory.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await mallory.getByRole('button', { name: 'Log in' }).click();
    await expect(mallory.getByText('This account is blocked.')).toBeVisible();
  });

  await test.step('give seats', async () => {
    await page.getByRole('link', { name: 'Workspaces' }).click();
    await page.getByLabel('Search by name or id').fill('Mallory');
    await page.getByText('Mallory’s workspace').click();
    await expect(page.getByText(`${email}, owner`)).toBeVisible();
    await page.getByLabel('Seats').fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('1 of 4 members')).toBeVisible();
  });

  await page.getByRole('link', { name: 'Executions', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Executions' })).toBeVisible();
  await page.getByRole('link', { name: 'Queue' }).click();
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await mallory.context().close();
});

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();
