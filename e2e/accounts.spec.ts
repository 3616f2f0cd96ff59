import { expect } from '@playwright/test';
import { totpOf } from '#server/auth/second-factor.ts';
import { chooseFromAccount, signUp } from './editor.ts';
import { linkTo, logIn, openOutbox } from './outbox.ts';
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
    await chooseFromAccount(page, 'Your account');
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
    await expect(phone).toHaveURL(/\/w\/[\w-]+\/workflows/);
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
