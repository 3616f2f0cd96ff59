import { type Browser, expect, type Page } from '@playwright/test';
import { totpOf } from '#server/auth/second-factor.ts';
import { chooseFromAccount, signUp } from './editor.ts';
import { test } from './test.ts';

const PASSWORD = 'correct horse battery';
const started = Date.now();

test('an account elsewhere makes an account here and finds it again', async ({ page, browser }) => {
  const email = `ada-${started}@example.com`;
  await page.goto(`${process.env.E2E_URL}/signup`);
  await page.getByRole('button', { name: 'Continue with Example' }).click();
  await vouchFor(page, `ada-${started}/${email}`);
  await expect(page).toHaveURL(/\/w\/[\w-]+\/workflows/);
  const workspace = page.url();
  await openAccount(page);
  await expect(page.getByText(email).first()).toBeVisible();
  await expect(page.getByText('confirmed', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Disconnect Example' }).click();
  await page.getByRole('button', { name: 'Disconnect', exact: true }).last().click();
  await expect(page.getByText('This is your only way to log in.')).toBeVisible();

  const other = await newPage(browser);
  await other.goto(`${process.env.E2E_URL}/login?next=${new URL(workspace).pathname}`);
  await other.getByRole('button', { name: 'Continue with Example' }).click();
  await vouchFor(other, `ada-${started}/${email}`);
  await expect(other).toHaveURL(workspace);
  await other.context().close();
});

test('an account with a password is connected by its owner only, and its code is still asked for', async ({
  page,
  browser,
}) => {
  const email = `grace-${started}@example.com`;
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Grace Hopper', email);

  await test.step('an account elsewhere with this address does not get in', async () => {
    const thief = await newPage(browser);
    await thief.goto(`${process.env.E2E_URL}/login`);
    await thief.getByRole('button', { name: 'Continue with Example' }).click();
    await vouchFor(thief, `thief-${started}/${email}`);
    await expect(thief).toHaveURL(/\/login\?/);
    await expect(thief.getByText('Log in with your password, then connect Example')).toBeVisible();
    await thief.goto(`${process.env.E2E_URL}/account`);
    await expect(thief).toHaveURL(/\/login/);
    await thief.context().close();
  });

  await test.step('connect one of another address', async () => {
    await openAccount(page);
    await page.getByRole('button', { name: 'Connect Example…' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Go to Example' }).click();
    await vouchFor(page, `grace-${started}/private-${started}@example.net`);
    await expect(page.getByText('Example is connected.')).toBeVisible();
    await expect(page.getByText(`private-${started}@example.net`)).toBeVisible();
  });

  const secret = await test.step('turn two-factor login on', async () => {
    await page.getByRole('button', { name: 'Set up…' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    const text = (await page.getByTestId('totp-secret').textContent())!.replace(/\s/g, '');
    await page.getByLabel('Code').fill(totpOf(text).generate());
    await page.getByRole('button', { name: 'Turn on' }).click();
    const code = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').first();
    return (await code.textContent())!;
  });

  await test.step('log in with it, and with a code', async () => {
    const other = await newPage(browser);
    await other.goto(`${process.env.E2E_URL}/login`);
    await other.getByRole('button', { name: 'Continue with Example' }).click();
    await vouchFor(other, `grace-${started}/private-${started}@example.net`);
    await expect(other).toHaveURL(/\/login\/code/);
    await other.goto(`${process.env.E2E_URL}/account`); // not in yet
    await expect(other).toHaveURL(/\/login/);
    await other.goto(`${process.env.E2E_URL}/login/code?next=/account`);
    await other.getByLabel('Code').fill('000000');
    await other.getByRole('button', { name: 'Log in' }).click();
    await expect(other.getByText('This code is not right')).toBeVisible();
    await other.getByLabel('Code').fill(secret);
    await other.getByRole('button', { name: 'Log in' }).click();
    await expect(other).toHaveURL(/\/w\/[\w-]+\/account/);
    await other.context().close();
  });
});

test('turning back at the provider, or an answer that nobody asked for, lets nobody in', async ({ page }) => {
  await page.goto(`${process.env.E2E_URL}/login`);
  await page.getByRole('button', { name: 'Continue with Example' }).click();
  await page.getByRole('link', { name: /Cancel/ }).click();
  await expect(page).toHaveURL(/\/login\?error=/);
  await page.goto(`${process.env.E2E_URL}/api/auth/callback/oidc?code=stolen&state=made-up`);
  await expect(page).toHaveURL(/\/login\?error=/);
  await expect(page.getByText('Logging in that way did not work.')).toBeVisible();
  await page.goto(`${process.env.E2E_URL}/login?error=<b>x</b>&next=//evil.example`);
  await expect(page.getByText('Logging in that way did not work.')).toBeVisible();
});

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

async function openAccount(page: Page): Promise<void> {
  await chooseFromAccount(page, 'Your account');
  await page.getByRole('heading', { name: 'Connected accounts' }).waitFor();
}

/** What a person does on the pages of the issuer (e2e/fakes/oidc-server.ts). */
async function vouchFor(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('whatever');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
