import { type Browser, expect, type Page } from '@playwright/test';
import { signUp } from './editor.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
const started = Date.now();

test('a workspace is handed over, deleted, and restored', async ({ page, browser }) => {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Olga Owner', `olga-${started}@example.com`);
  const workspace = page.url().match(/.*\/w\/[\w-]+/)![0];
  const email = `henry-${started}@example.com`;

  const heir = await test.step('invite somebody', async () => {
    await page.goto(`${workspace}/members?invite=1`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Create invitation' }).click();
    const link = await page.getByLabel('Invitation link').inputValue();
    const other = await newPage(browser);
    await signUp(other, `${process.env.E2E_URL}/signup`, 'Henry Heir', email);
    await other.goto(link);
    await other.getByRole('button', { name: 'Join workspace' }).click();
    await expect(other).toHaveURL(`${workspace}/workflows`);
    return other;
  });

  await test.step('hand it over', async () => {
    await page.goto(`${workspace}/settings`);
    await page.getByRole('button', { name: 'Hand over…' }).click();
    await page.getByRole('combobox', { name: 'New owner' }).click();
    await page.getByRole('option', { name: /Henry Heir/ }).click();
    await page.getByLabel('Your password').fill('not this one');
    await page.getByRole('button', { name: 'Hand over', exact: true }).click();
    await expect(page.getByText('This is not your password.')).toBeVisible();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Hand over', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Hand over' })).toHaveCount(0);
  });

  await test.step('delete it', async () => {
    await heir.goto(`${workspace}/settings`);
    await heir.getByRole('button', { name: 'Delete…' }).click();
    await heir.getByLabel('Name of the workspace').fill('Something else');
    await heir.getByLabel('Your password').fill(PASSWORD);
    await heir.getByRole('button', { name: 'Delete workspace' }).click();
    await expect(heir.getByText('This is not the name of the workspace.')).toBeVisible();
    await heir.getByLabel('Name of the workspace').fill('Olga’s workspace');
    await heir.getByRole('button', { name: 'Delete workspace' }).click();
    await expect(heir).toHaveURL(/\/deleted-workspaces/);
    await page.goto(`${workspace}/workflows`);
    await expect(page.getByText('There is nothing here')).toBeVisible();
    await page.goto(process.env.E2E_URL!);
    await expect(page.getByText('You are in no workspace.')).toBeVisible();
    await page.goto(`${process.env.E2E_URL}/deleted-workspaces`);
    await expect(page.getByText('Nothing here')).toBeVisible(); // not an owner any more
  });

  await test.step('restore it', async () => {
    await heir.getByRole('button', { name: 'Restore Olga’s workspace' }).click();
    await expect(heir).toHaveURL(`${workspace}/workflows`);
    await page.goto(`${workspace}/workflows`);
    await expect(page.getByRole('heading', { name: 'Workflows' })).toBeVisible();
  });
  await heir.context().close();
});

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();
