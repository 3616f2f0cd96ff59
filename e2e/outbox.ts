import { type Browser, expect, type Page } from '@playwright/test';
import { cli } from './api.ts';

const PASSWORD = 'correct horse battery';

/** The page on which an operator without a mail server reads the mails of the system. */
export async function openOutbox(browser: Browser): Promise<Page> {
  const email = `operator-${Date.now()}-${Math.random().toString(36).slice(2, 8)}@example.com`;
  const { workspaceId } = cli('user', 'create', '--email', email, '--password', PASSWORD, '--admin');
  const page = await (await browser.newContext()).newPage();
  await logIn(page, email, PASSWORD);
  await expect(page).toHaveURL(/\/w\/[\w-]+\/workflows/);
  await page.goto(`${process.env.E2E_URL}/w/${workspaceId}/outbox`);
  return page;
}

/** Sends the log-in form; a code may still be asked for. */
export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${process.env.E2E_URL}/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** The address in the newest mail with this subject to this person: one with a token, or that of `link`. */
export async function linkTo(
  operator: Page,
  email: string,
  subject: string,
  link: RegExp = /https?:\/\/\S+token=[\w-]+/,
): Promise<string> {
  const mail = operator.getByRole('listitem').filter({ hasText: email }).filter({ hasText: subject }).first();
  await expect
    .poll(async () => {
      await operator.reload();
      await operator.getByRole('heading', { name: 'Outbox' }).waitFor();
      await operator.getByRole('list').or(operator.getByText('No mails yet')).first().waitFor();
      return mail.count();
    })
    .toBe(1);
  await mail.locator('summary').click();
  return (await mail.locator('pre').textContent())!.match(link)![0];
}
