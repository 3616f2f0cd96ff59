import { expect } from '@playwright/test';
import { cli } from './api.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
const started = Date.now();

test('an operator makes a key for members and the whole system, and it does that and no more', async ({
  page,
}) => {
  const email = `keys-${started}@example.com`;
  const { workspaceId } = cli('user', 'create', '--email', email, '--password', PASSWORD, '--admin');
  const keys = `${process.env.E2E_URL}/w/${workspaceId}/api-keys`;
  await page.goto(`${process.env.E2E_URL}/login?next=${encodeURIComponent(new URL(keys).pathname)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  const dialog = page.getByRole('dialog');
  const box = (name: string) => dialog.getByRole('checkbox', { name });

  const key = await test.step('choose by group and one by one', async () => {
    await page.getByRole('button', { name: 'Create key' }).first().click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Watcher');
    await expect(box('Workspace: all')).toBeChecked();
    await expect(box('The whole system: all')).not.toBeChecked();
    for (const group of ['Workflows: all', 'Data: all', 'Workspace: all']) await box(group).click();
    await box('See members').click();
    await expect(box('Workspace: all')).toHaveAttribute('aria-checked', 'mixed');
    await box('See everything as operator').click();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const text = (await dialog.locator('pre').textContent())!;
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('Members (read only), the whole system (read only)')).toBeVisible();
    return text.match(/lf_[\w-]+/)![0];
  });

  const status = async (method: string, path: string) =>
    (
      await fetch(`${process.env.E2E_URL}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;
  expect(await status('GET', `/workspaces/${workspaceId}/members`)).toBe(200);
  expect(await status('GET', '/admin/stats')).toBe(200);
  expect(await status('GET', '/workflows')).toBe(403);
  expect(await status('POST', `/admin/users/${workspaceId}/block`)).toBe(403);
  await page.getByRole('button', { name: 'Revoke Watcher' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText('No API keys yet')).toBeVisible();
  expect(await status('GET', '/admin/stats')).toBe(401);
});
