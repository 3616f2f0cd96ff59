import { expect, type Page } from '@playwright/test';
import { startOAuth1Provider } from '#tests/support/oauth1-provider.ts';
import { signUp } from './editor.ts';
import { test } from './test.ts';

test('somebody consents at a service of OAuth 1, whose calls are signed from then on', async ({
  page,
  context,
}) => {
  const service = await startOAuth1Provider();
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Mary Shelley', `oauth1-${Date.now()}@example.com`);
  await page.getByRole('link', { name: 'Credentials' }).click();
  await page.getByRole('button', { name: 'New credential' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Search kinds of credentials').fill('oauth1');
  await dialog.getByRole('button', { name: /^OAuth 1/ }).click();
  await choose(page, 'Access', 'A person consents');
  const set = (name: string, value: string) =>
    dialog.locator(`[data-field="data.${name}"]`).locator('input').fill(value);
  await set('requestTokenUrl', `${service.url}/request`);
  await set('authorizationUrl', `${service.url}/authorize`);
  await set('accessTokenUrl', `${service.url}/access`);
  await set('consumerKey', 'shop');
  await set('consumerSecret', 'consumer&secret');
  await dialog.getByRole('button', { name: 'Save credential' }).click();
  await expect(dialog.getByText('Nobody has consented yet.')).toBeVisible();
  const connect = async (): Promise<Page> => {
    const popup = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    return popup;
  };

  await test.step('turning back is said in both windows', async () => {
    const popup = await connect();
    await popup.getByRole('link', { name: 'Deny' }).click();
    await expect(popup.getByText('did not give access')).toBeVisible();
    await expect(dialog.getByText('did not give access')).toBeVisible();
    await popup.close();
  });

  await test.step('consent', async () => {
    const popup = await connect();
    const closed = popup.waitForEvent('close').catch(() => undefined);
    await popup.getByRole('link', { name: 'Allow' }).click();
    await expect(dialog.getByTestId('connect-box')).toContainText('Connected');
    await closed;
    expect(context.pages()).toHaveLength(1);
  });

  await test.step('a call with it is signed with the token of whoever consented', async () => {
    await dialog.getByLabel('Address to call').fill(`${service.url}/api`);
    await dialog.getByRole('button', { name: 'Test' }).click();
    await expect(dialog.getByText(/answered 200/)).toBeVisible();
    expect(service.verdicts.at(-1)).toMatchObject({
      problem: null,
      given: { oauth_token: expect.stringMatching(/^access-/) },
    });
    await dialog.getByRole('button', { name: 'Done' }).click();
  });
  service.close();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}
