import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { edges, node } from '#tests/support/workflows.ts';
import { cli } from './api.ts';
import { connect, dropNode, fill, openNode, signUp } from './editor.ts';
import { startOidcServer } from './fakes/oidc-server.ts';
import { test } from './test.ts';

const started = Date.now();
const SECRET = `canary-${started}-secret`;

test('a credential is made in a node, sent to the one host that it is for, and shown nowhere', async ({
  page,
}) => {
  const api = await startApi();
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Ada Lovelace', `vault-${started}@example.com`);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;
  await page.goto(`${process.env.E2E_URL}/w/${workspace}/credentials`);
  await expect(page.getByText('No credentials yet')).toBeVisible();

  await test.step('make one in the node that needs it', async () => {
    await page.goto(`${process.env.E2E_URL}/w/${workspace}/workflows`);
    await page
      .getByRole('button', { name: /start from scratch/i })
      .first()
      .click();
    await dropNode(page, 'manual-trigger', 120, 260);
    await dropNode(page, 'http-request', 420, 260);
    await connect(page, 'Manual trigger', 'main', 'HTTP request', 'main');
    await openNode(page, 'HTTP request');
    await fill(page, 'URL', `${api.url}/me`);
    await chooseOption(page, 'Authentication', 'Credential');
    const panel = page.getByTestId('config-panel');
    await expect(panel.getByText('Choose a credential for “Credential”.')).toBeVisible();
    await panel.getByRole('button', { name: 'New credential' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Search kinds of credentials').fill('secret value');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('heading')).toHaveText('New credential: Header');
    await dialog.getByRole('button', { name: 'Save credential' }).click();
    // the server’s complaint stands at its field
    await expect(dialog.locator('[data-field="data.name"]').getByTestId('field-issue')).toBeVisible();
    await dialog.locator('[data-field="data.name"]').getByRole('textbox').fill('X-Key');
    await dialog.locator('[data-field="data.value"]').locator('input').fill(SECRET);
    await dialog.getByLabel('Allowed hosts').fill(`${api.url}/me`);
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Name of the credential')).toHaveValue(`Header · ${api.host}`);
    await dialog.getByRole('button', { name: 'Save credential' }).click();
    await dialog.getByLabel('Address to call').fill(`${api.url}/test`);
    await dialog.getByRole('button', { name: 'Test' }).click();
    await expect(dialog.getByText(`${api.host} answered 200`)).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(panel.getByLabel(/^Credential/)).toHaveText(`Header · ${api.host}`);
    await expect(panel.getByTestId('field-issue')).toHaveCount(0);
  });

  await test.step('undo takes it out, redo puts it in, another mode keeps it', async () => {
    const chosen = page.getByTestId('config-panel').getByLabel(/^Credential/);
    await page.getByTestId('node-HTTP request').click();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(chosen).toHaveText('Choose a credential');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(chosen).toHaveText(`Header · ${api.host}`);
    await chooseOption(page, 'Authentication', 'None');
    await expect(chosen).toHaveCount(0);
    await chooseOption(page, 'Authentication', 'Credential');
    await expect(chosen).toHaveText(`Header · ${api.host}`);
  });

  await test.step('run it', async () => {
    await expect(page.getByTestId('save-state')).toContainText(/saved/i);
    await page.getByTestId('run-button').click();
    await expect(page.getByTestId('node-HTTP request')).toHaveAttribute('data-run-status', 'completed');
    expect(api.headers.get('/me')?.['x-key']).toBe(SECRET);
    // the answer repeats what it was sent
    await page.getByRole('tab', { name: 'Output' }).click();
    await expect(page.getByTestId('data-panel').last()).toContainText('path');
    expect(await page.content()).not.toContain(SECRET);
  });

  await test.step('its page shows everything but the secret', async () => {
    await page.goto(`${process.env.E2E_URL}/w/${workspace}/credentials`);
    await page.getByRole('link', { name: `Header · ${api.host}` }).click();
    await expect(page.getByText('Untitled workflow').first()).toBeVisible();
    const log = page.getByLabel('Accesses');
    await expect(async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect(log.getByRole('link', { name: 'execution' })).toHaveCount(1, { timeout: 1000 });
    }).toPass();
    await expect(log.getByText('Tested')).toHaveCount(1);
    await expect(page.getByPlaceholder('Is set – leave empty to keep it')).toHaveValue('');
    expect(await page.content()).not.toContain(SECRET);

    // changing something else keeps the secret
    await page.locator('[data-field="data.name"]').getByRole('textbox').fill('X-Other-Key');
    await expect(page.getByRole('button', { name: 'Test' })).toBeDisabled();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
    await page.getByLabel('Address to call').fill(`${api.url}/again`);
    await page.getByRole('button', { name: 'Test' }).click();
    await expect(page.getByText(`${api.host} answered 200`)).toBeVisible();
    expect(api.headers.get('/again')?.['x-other-key']).toBe(SECRET);
    await page.getByLabel('Address to call').fill('http://localhost:1/elsewhere');
    await page.getByRole('button', { name: 'Test' }).click();
    await expect(page.getByTestId('try-out-box').getByRole('alert')).toBeVisible();
  });

  await test.step('deleting names what uses it; the node says that it is gone', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('alertdialog')).toContainText('Untitled workflow');
    await page.getByRole('button', { name: 'Delete credential' }).click();
    await expect(page.getByText('No credentials yet')).toBeVisible();
    await page.getByRole('link', { name: 'Workflows', exact: true }).click();
    await page
      .getByRole('link', { name: /untitled workflow/i })
      .first()
      .click();
    await openNode(page, 'HTTP request');
    await expect(
      page.getByText('This is a credential that you may not use, or one that is gone.'),
    ).toBeVisible();
    await page.getByTestId('activate-switch').click();
    await page
      .getByRole('dialog', { name: 'Not ready to go live' })
      .getByRole('button', { name: /does not exist any more/ })
      .click();
    const field = page.locator('[data-field="credentials.auth"]');
    await expect(field.getByTestId('field-issue')).toContainText('does not exist any more');
    await expect(field.getByRole('combobox')).toBeFocused();
  });
  await api.close();
});

test('what was pasted from n8n says which credentials to connect, and leads to each', async ({ page }) => {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Ada Lovelace', `pasted-${started}@example.com`);
  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await expect(page.getByTestId('editor')).toBeVisible();
  const call = {
    id: '1',
    name: 'Tell the shop',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    position: [0, 0],
    parameters: {
      url: 'https://shop.example/orders',
      authentication: 'genericCredentialType',
      genericAuthType: 'httpHeaderAuth',
    },
    credentials: { httpHeaderAuth: { id: '7', name: 'Shop key' } },
  };
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    JSON.stringify({ nodes: [call], connections: {} }),
  );
  const report = page.getByRole('dialog', { name: 'Pasted 1 nodes from n8n' });
  await expect(report.getByLabel('Credentials to connect')).toContainText('Shop key');
  await report.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByTestId('config-panel')).toHaveAttribute(
    'aria-label',
    'Configuration of Tell the shop',
  );
  const field = page.locator('[data-field="credentials.auth"]');
  await expect(field.getByTestId('field-issue')).toBeVisible();
  await expect(field.getByText('None fits yet')).toBeVisible();
  await expect(field.getByRole('combobox')).toBeFocused();
});

test('somebody consents at a provider, in a window of its own', async ({ page, context }) => {
  // a token that has less than a minute left is not used: two seconds after it was made
  const provider = await startOidcServer({ accessTokenSeconds: 62 });
  const api = await startApi();
  const issuer = provider.env.AUTH_OIDC_ISSUER!;
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Grace Hopper', `oauth-${started}@example.com`);
  await page.getByRole('link', { name: 'Credentials' }).click();
  await page.getByRole('button', { name: 'New credential' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Search kinds of credentials').fill('oauth');
  await dialog.getByRole('button', { name: /^OAuth 2/ }).click();
  await expect(dialog.getByLabel('Redirect address')).toHaveValue(`${process.env.E2E_URL}/oauth/callback`);
  const set = (name: string, value: string) =>
    dialog.locator(`[data-field="data.${name}"]`).locator('input').fill(value);
  await set('authorizationUrl', `${issuer}/auth`);
  await set('tokenUrl', `${issuer}/token`);
  await set('clientId', provider.env.AUTH_OIDC_ID!);
  await set('clientSecret', provider.env.AUTH_OIDC_SECRET!);
  await set('scope', 'openid offline_access');
  await set('authorizationParameters', 'prompt=consent');
  await dialog.getByRole('button', { name: 'Save credential' }).click();
  await expect(dialog.getByText('Nobody has consented yet.')).toBeVisible();

  await test.step('turning back is said in both windows', async () => {
    const popup = await opened(page, () => dialog.getByRole('button', { name: 'Connect' }).click());
    await popup.getByRole('link', { name: /Cancel/ }).click();
    await expect(popup.getByText('The provider did not give access')).toBeVisible();
    await expect(dialog.getByText('The provider did not give access')).toBeVisible();
    await popup.close();
  });

  await test.step('a window that was closed can be opened again', async () => {
    const popup = await opened(page, () => dialog.getByRole('button', { name: 'Connect' }).click());
    await popup.getByPlaceholder('Enter any login').waitFor();
    await popup.close();
    await expect(dialog.getByRole('button', { name: 'Open it again' })).toBeEnabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('consent', async () => {
    const popup = await opened(page, () => dialog.getByRole('button', { name: 'Connect' }).click());
    await popup.getByPlaceholder('Enter any login').fill('grace');
    await popup.getByPlaceholder('and password').fill('whatever');
    await popup.getByRole('button', { name: 'Sign-in' }).click();
    const closed = popup.waitForEvent('close').catch(() => undefined);
    await popup.getByRole('button', { name: 'Continue' }).click();
    await expect(dialog.getByTestId('connect-box')).toContainText('Connected');
    await closed;
    expect(context.pages()).toHaveLength(1);
    await dialog.getByRole('button', { name: 'Test' }).click();
    await expect(dialog.getByText('There is a valid access token.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('a token that ends is renewed when a workflow needs it', async () => {
    const email = `oauth-${started}@example.com`;
    const { key } = cli('apikey', 'create', '--email', email, '--name', 'e2e');
    const ask = async (method: string, route: string, body?: unknown) => {
      const response = await fetch(`${process.env.E2E_URL}/api/v1${route}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as { id: string; status: string; data: { id: string }[] };
    };
    const auth = (await ask('GET', '/credentials')).data[0]!.id;
    const call = node('call', 'http-request', { url: `${api.url}/renewed`, authentication: 'credential' });
    const workflow = await ask('POST', '/workflows', {
      name: 'Calls with a token',
      nodes: [node('start', 'manual-trigger'), { ...call, credentials: { auth } }],
      edges: edges('start>call'),
    });
    const run = async () => {
      const ended = await ask('POST', `/workflows/${workflow.id}/execute?wait=30`, { version: 'draft' });
      expect(ended.status).toBe('completed');
      return api.headers.get('/renewed')!.authorization;
    };
    const first = await run();
    expect(first).toMatch(/^Bearer \S+$/);
    await expect.poll(run).not.toBe(first);
    await page.getByRole('link', { name: /^OAuth 2/ }).click();
    await expect(async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect(page.getByLabel('Accesses').getByText('Renewed').first()).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(page.getByTestId('connect-box')).toContainText('Connected');
    await page.goBack();
  });

  await test.step('other clients need another consent', async () => {
    await page.getByRole('link', { name: /^OAuth 2/ }).click();
    await expect(page.getByTestId('connect-box')).toContainText('Connected');
    await page.locator('[data-field="data.scope"]').locator('input').fill('openid');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Needs connecting')).toBeVisible();
  });

  await test.step('an answer that nobody asked for connects nothing', async () => {
    await page.goto(`${process.env.E2E_URL}/oauth/callback?state=made-up&code=stolen`);
    await expect(page.getByText('Not connected')).toBeVisible();
    await expect(page).toHaveURL(`${process.env.E2E_URL}/oauth/callback`);
    await page.context().clearCookies();
    await page.goto(`${process.env.E2E_URL}/oauth/callback?state=made-up&code=stolen`);
    await expect(page.getByText('You are not signed in')).toBeVisible();
  });
  await provider.stop();
  await api.close();
});

async function opened(page: Page, click: () => Promise<void>): Promise<Page> {
  const popup = page.waitForEvent('popup');
  await click();
  return popup;
}

async function chooseOption(page: Page, label: string, option: string): Promise<void> {
  await page.getByTestId('config-panel').getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A service elsewhere that remembers the headers of each path, and answers with them. */
async function startApi() {
  const headers = new Map<string, IncomingHttpHeaders>();
  const server = createServer((request, response) => {
    headers.set(request.url!, request.headers);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ path: request.url, echo: request.headers }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    headers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
