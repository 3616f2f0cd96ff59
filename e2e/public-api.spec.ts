import { execFileSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { signUp } from './editor.ts';
import { test } from './test.ts';

const started = Date.now();
const base = () => process.env.E2E_URL!;

test('a key made in the browser works with curl, as the reference shows it', async ({ page }) => {
  await signUp(page, `${base()}/signup`, 'Ada Lovelace', `curl-${started}@example.com`);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;
  await page.goto(`${base()}/w/${workspace}/api-keys`);
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('curl');
  await dialog.getByRole('button', { name: /create/i }).click();
  await expect(dialog.getByRole('heading')).toContainText('is ready');
  const key =
    /lf_[\w-]{32}/.exec((await dialog.textContent()) ?? '')?.[0] ??
    (await dialog.getByRole('textbox').inputValue());
  expect(key).toMatch(/^lf_/);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'API reference' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API reference');
  const entry = page.locator('#workflows_create');
  await entry.locator('summary').focus();
  await page.keyboard.press('Enter');
  const call = await entry.getByRole('region', { name: 'Call' }).textContent();
  expect(call).toContain('curl -X POST');
  const answer = execFileSync('bash', ['-c', `${call} --silent`], {
    encoding: 'utf8',
    env: { ...process.env, LINKFLOW_API_KEY: key },
  });
  expect(JSON.parse(answer)).toMatchObject({ name: 'Orders', active: false, issues: expect.any(Array) });
});

test('the reference is for everybody, is searched, and fits a phone in both colours', async ({ page }) => {
  await page.goto(base());
  await page.getByRole('contentinfo').getByRole('link', { name: 'API reference' }).click();
  const search = page.getByLabel('Search endpoints');
  await expect(async () => {
    await page.keyboard.press('/'); // heard once the page is alive
    await expect(search).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type('pause schedule');
  await expect(page.locator('summary:visible')).toHaveCount(1);
  await expect(page.locator('summary:visible')).toContainText('/schedules/{id}/pause');
  await search.fill('nothing like it');
  await expect(page.getByText('No endpoint has these words.')).toBeVisible();
  await search.fill('');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('#workflows_get summary').click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).include('#workflows_get').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/api-390-${colorScheme}.png` });
  }
});
