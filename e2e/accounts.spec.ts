import { type Browser, expect, type Page } from '@playwright/test';
import { totpOf } from '#server/auth/second-factor.ts';
import { cli } from './api.ts';
import { signUp } from './editor.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
const started = Date.now();

test('an address is confirmed, browsers are logged out, a second factor is asked for, a forgotten password is replaced', async ({
  page,
  browser,
}) => {
  const email = `grace-${started}@example.com`;
  const operator = await openOutbox(browser);
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Grace Hopper', email);

  await test.step('confirm the address', async () => {
    await page.getByRole('button', { name: /: account/ }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await expect(page.getByText('not confirmed')).toBeVisible();
    const account = page.url();
    await page.goto(await linkTo(operator, email, 'Confirm your e-mail address'));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText(`${email} is confirmed.`)).toBeVisible();
    await page.goto(account);
    await expect(page.getByText('confirmed', { exact: true })).toBeVisible();
  });

  await test.step('log another browser out', async () => {
    const phone = await (await browser.newContext()).newPage();
    await logIn(phone, email, PASSWORD);
    await page.reload();
    await page.getByRole('button', { name: /^Log out (?!all)/ }).click();
    await expect(page.getByRole('button', { name: /^Log out/ })).toHaveCount(0);
    await phone.reload();
    await expect(phone).toHaveURL(/\/login/);
    await phone.context().close();
  });

  const recoveryCode = await test.step('turn two-factor login on', async () => {
    await page.getByRole('button', { name: 'Set up…' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByAltText('QR code for the authenticator app')).toBeVisible();
    const secret = (await page.getByTestId('totp-secret').textContent())!.replace(/\s/g, '');
    await page.getByLabel('Code').fill(totpOf(secret).generate());
    await page.getByRole('button', { name: 'Turn on' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect(codes).toHaveCount(10);
    const [first] = await codes.allTextContents();
    await page.getByRole('button', { name: 'I have them' }).click();
    await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
    return first!;
  });

  await test.step('choose a new password', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(`${process.env.E2E_URL}/login`);
    await other.getByRole('link', { name: 'Forgotten your password?' }).click();
    await other.waitForURL(/\/forgot-password/);
    await other.getByLabel('E-mail').fill(email);
    await other.getByRole('button', { name: 'Send the link' }).click();
    await expect(other.getByText('a mail is on its way')).toBeVisible();
    await other.goto(await linkTo(operator, email, 'Choose a new password'));
    await other.getByLabel('New password').fill('another horse battery');
    await other.getByRole('button', { name: 'Set the password' }).click();
    await other.waitForURL(/\/login/); // the mailbox alone does not let anybody in
    await other.getByLabel('E-mail').fill(email);
    await other.getByLabel('Password', { exact: true }).fill('another horse battery');
    await other.getByRole('button', { name: 'Log in' }).click();
    await other.getByLabel('Code').fill(recoveryCode);
    await other.getByRole('button', { name: 'Log in' }).click();
    await expect(other).toHaveURL(/\/w\/[\w-]+\/workflows/);
    await page.reload();
    await expect(page).toHaveURL(/\/login/); // the browser from before is out
    await other.context().close();
  });
  await operator.context().close();
});

/** The page on which an operator without a mail server reads the mails of the system. */
async function openOutbox(browser: Browser): Promise<Page> {
  const email = `operator-${started}@example.com`;
  const { workspaceId } = cli('user', 'create', '--email', email, '--password', PASSWORD, '--admin');
  const page = await (await browser.newContext()).newPage();
  await logIn(page, email, PASSWORD);
  await page.goto(`${process.env.E2E_URL}/w/${workspaceId}/outbox`);
  return page;
}

async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${process.env.E2E_URL}/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/w\/[\w-]+\/workflows/);
}

/** The address in the newest mail with this subject to this person. */
async function linkTo(operator: Page, email: string, subject: string): Promise<string> {
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
  return (await mail.locator('pre').textContent())!.match(/https?:\/\/\S+token=[\w-]+/)![0];
}
