import { expect, type Locator, type Page } from '@playwright/test';
import { edges, node, set } from '#tests/support/workflows.ts';
import { type Api, createApi } from './api.ts';
import { test } from './test.ts';

/** Data tables: by hand in the browser, and by a workflow. */
const url = (path: string) => `${process.env.E2E_URL}${path}`;
const grid = (page: Page) => page.getByRole('grid');
const head = (page: Page, column: string) => grid(page).getByRole('columnheader', { name: column });
/** The row with this text; the first one is the head. */
const rowOf = (page: Page, text: string) => grid(page).getByRole('row').filter({ hasText: text });
const rows = (page: Page) => grid(page).getByRole('row', { name: /Open row/ });

async function cell(page: Page, row: string, column: string): Promise<Locator> {
  const index = await head(page, column).getAttribute('aria-colindex');
  return rowOf(page, row).locator(`td[aria-colindex="${index}"]`);
}

async function logIn(page: Page, { email, password }: Api): Promise<void> {
  await page.goto(url('/login'));
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/w\//);
}

test('a table is made, filled, edited, filtered and emptied; a workflow adds to it, a viewer only looks', async ({
  page,
  browser,
}) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const api = createApi('tables');
  await logIn(page, api);
  await page.getByRole('link', { name: 'Tables' }).click();

  await test.step('make a table', async () => {
    await page.getByRole('button', { name: 'Create a table' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Customers');
    await page.getByLabel('Name of column 1').fill('name');
    await page.keyboard.press('Enter');
    await page.keyboard.type('visits');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^Number/ }).click();
    await page.getByLabel('Name of column 2').press('Enter');
    await page.keyboard.type('name');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByText('There is one already.')).toBeVisible();
    await page.getByLabel('Name of column 3').fill('active');
    await page.getByLabel('Type of column 3').click();
    await page.getByRole('option', { name: /^Yes\/no/ }).click();
    await page.getByRole('button', { name: 'Create table' }).click();
    await expect(page.getByRole('heading', { name: 'Customers' })).toBeVisible();
  });

  await test.step('add rows', async () => {
    await page.getByRole('button', { name: 'Add the first row' }).click();
    const dialog = page.getByRole('dialog');
    for (const [name, visits] of [
      ['Ada', '3'],
      ['Grace', '40'],
    ] as const) {
      await dialog.getByLabel(/^name/).fill(name);
      await dialog.getByLabel(/^visits/).fill(visits);
      await dialog.getByRole('button', { name: 'Add and go on' }).click();
      await expect(dialog.getByLabel(/^name/)).toHaveValue('');
    }
    await dialog.getByLabel(/^name/).fill('Alan');
    await dialog.getByLabel(/^visits/).fill('many');
    await dialog.getByRole('button', { name: 'Add row' }).click();
    await expect(dialog.getByText('Enter a number, like 12 or 0.5.')).toBeVisible();
    await dialog.getByLabel(/^visits/).fill('12');
    await dialog.getByRole('radio', { name: 'Yes' }).click();
    await dialog.getByRole('button', { name: 'Add row' }).click();
    await expect(dialog).toBeHidden();
    await expect(rows(page)).toHaveCount(3);
    // the newest is on top
    await expect(rows(page).first()).toContainText('Alan');
  });

  await test.step('edit in place', async () => {
    await (await cell(page, 'Grace', 'name')).dblclick();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Grace Hopper');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('forty');
    await page.keyboard.press('Tab');
    await expect(grid(page).getByRole('alert')).toHaveText('Enter a number, like 12 or 0.5.');
    await page.keyboard.press('Escape');
    await expect(await cell(page, 'Grace Hopper', 'visits')).toHaveText('40');
    await page.keyboard.type('41');
    await page.keyboard.press('Tab');
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await expect(await cell(page, 'Grace Hopper', 'visits')).toHaveText('41');
    await expect(await cell(page, 'Grace Hopper', 'active')).toHaveText('No');
    await expect(page.getByText('Saving…')).toHaveCount(0);
    await page.reload();
    await expect(await cell(page, 'Grace Hopper', 'visits')).toHaveText('41');
    await expect(await cell(page, 'Grace Hopper', 'active')).toHaveText('No');
  });

  await test.step('filter by two conditions', async () => {
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Value of condition 1').fill('A');
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByLabel('Column of condition 2').click();
    await page.getByRole('option', { name: 'visits' }).click();
    await page.getByLabel('Operator of condition 2').click();
    await page.getByRole('option', { name: '>', exact: true }).click();
    await page.getByLabel('Value of condition 2').fill('10');
    await expect(page.getByText('2 rows of 3')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove “visits > 10”' }).click();
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole('button', { name: 'Remove “name contains “A””' }).click();
  });

  await test.step('select and delete', async () => {
    await rowOf(page, 'Ada').getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete row' }).click();
    await expect(rows(page)).toHaveCount(2);
  });

  await test.step('a workflow adds a row', async () => {
    const tableId = new URL(page.url()).pathname.split('/').at(-1)!;
    const { body: workflow } = await api.call<{ id: string }>('POST', '/workflows', {
      name: 'Collect',
      nodes: [
        node('start', 'manual-trigger'),
        set('who', 'name', 'Barbara'),
        node('keep', 'data-table', { operation: 'insert', table: tableId, mode: 'auto' }),
      ],
      edges: edges('start>who', 'who>keep'),
    });
    const run = await api.call<{ status: string }>('POST', `/workflows/${workflow.id}/execute?wait=20`, {
      version: 'draft',
    });
    expect(run.body.status).toBe('completed');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(rows(page).first()).toContainText('Barbara');
    await expect(page.getByText('3 rows', { exact: true })).toBeVisible();
  });

  await test.step('a viewer sees the rows, and nothing to change them with', async () => {
    const address = page.url();
    const email = `viewer-${Date.now()}@example.com`;
    await page.goto(url(`/w/${api.workspaceId}/members`));
    await page
      .getByRole('button', { name: /invite/i })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: /^Viewer/ }).click();
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    const link = await page.getByLabel('Invitation link').inputValue();
    const viewer = await (await browser.newContext()).newPage();
    const query = new URLSearchParams({ next: new URL(link).pathname, email });
    await viewer.goto(url(`/signup?${query}`));
    await viewer.getByLabel('Name').fill('Vera');
    await viewer.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await viewer.getByRole('button', { name: 'Create account' }).click();
    await viewer.getByRole('button', { name: 'Join workspace' }).click();
    await viewer.waitForURL(new RegExp(`/w/${api.workspaceId}/`));
    await viewer.goto(address);
    await expect(rows(viewer)).toHaveCount(3);
    await expect(viewer.getByText('View only')).toBeVisible();
    await expect(viewer.getByRole('button', { name: 'Add row' })).toHaveCount(0);
    await expect(viewer.getByRole('checkbox')).toHaveCount(0);
    await (await cell(viewer, 'Alan', 'visits')).dblclick();
    await expect(grid(viewer).getByRole('textbox')).toHaveCount(0);
    await page.goto(address);
  });

  await test.step('a column goes with its values, then the table', async () => {
    await page.getByRole('button', { name: 'More for Customers' }).click();
    await page.getByRole('menuitem', { name: 'Columns…' }).click();
    await page.getByRole('button', { name: 'Remove active' }).click();
    await expect(page.getByText('“active” goes with the values in 3 rows')).toBeVisible();
    await page.getByRole('button', { name: 'Save and remove column' }).click();
    await expect(head(page, 'active')).toHaveCount(0);
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole('button', { name: 'More for Customers' }).click();
    await page.getByRole('menuitem', { name: 'Delete table…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete table' }).click();
    await expect(page.getByRole('heading', { name: 'A memory for your workflows' })).toBeVisible();
  });

  expect(problems).toEqual([]);
});
