import { test as base, expect } from '@playwright/test';
import { signUp } from './editor.ts';
import { test } from './test.ts';

const url = (path: string) => `${process.env.E2E_URL}${path}`;
const PAGES = [
  'workflows',
  'executions',
  'failed',
  'approvals',
  'tables',
  'files',
  'upstreams',
  'members',
  'api-keys',
  'usage',
  'billing',
  'settings',
];

test('all pages work under their policy, light and dark', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url('/nowhere'));
  await expect(page.locator('body')).not.toBeEmpty();
  await signUp(page, url('/signup'), 'Hedy Lamarr', `hedy-${Date.now()}@example.com`);
  const workspace = new URL(page.url()).pathname.split('/')[2]!;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const name of PAGES) {
      const response = await page.goto(url(`/w/${workspace}/${name}`));
      expect(response?.headers()['content-security-policy']).toContain("'nonce-");
      await expect(page.locator('h1').first()).toBeVisible();
      // set by the script before the first paint, which needs the nonce
      await expect(page.locator('html')).toHaveClass(new RegExp(colorScheme));
    }
  }
  expect(problems).toEqual([]);
});

base('a script that somebody got into a page does not run, and the browser says so', async ({ page }) => {
  const said = page.waitForEvent('console', (message) => /content security policy/i.test(message.text()));
  await page.goto(url('/login'));
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'document.title = "owned"');
    image.src = 'data:,';
    document.body.append(image);
  });
  await said;
  expect(await page.title()).not.toBe('owned');
});
