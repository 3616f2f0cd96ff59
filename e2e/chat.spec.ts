import { expect } from '@playwright/test';
import { edges, node } from '#tests/support/workflows.ts';
import { createApi } from './api.ts';
import { test } from './test.ts';

/** Somebody without an account asks, is answered, comes back after a reload, and begins again. */
test('a chat answers', async ({ page, context }) => {
  const api = createApi('chat');
  const { body: created } = await api.call<{ id: string }>('POST', '/workflows', {
    name: 'Support',
    nodes: [
      node('chat', 'chat-trigger', { title: 'Ask the shop', greeting: 'Hello!\nWhat is it about?' }),
      node('say', 'set', {
        mode: 'fields',
        includeOther: 'none',
        fields: [
          {
            name: 'output',
            type: 'string',
            value: 'You said **{{ $json.chatInput.split(/\\s/)[0].toUpperCase() }}**',
          },
        ],
      }),
    ],
    edges: edges('chat>say'),
  });
  const { body: active } = await api.call<{ triggers: { url: string }[] }>(
    'POST',
    `/workflows/${created.id}/activate`,
  );
  await context.clearCookies();
  await page.goto(active.triggers[0]!.url);
  await expect(page.getByRole('heading', { name: 'Ask the shop' })).toBeVisible();
  await expect(page.getByText('What is it about?')).toBeVisible();
  await expect(page.getByLabel('Message', { exact: true })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();

  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('Enter');
  await expect(page.locator('strong', { hasText: 'FIRST' })).toBeVisible();
  await expect(page.getByLabel('Message', { exact: true })).toBeFocused();

  await page.reload();
  await expect(page.locator('strong', { hasText: 'FIRST' })).toBeVisible();

  await test.step('what did not get through is sent again', async () => {
    await context.setOffline(true);
    await page.getByLabel('Message', { exact: true }).fill('lost?');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'could not be sent' })).toBeVisible();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(page.locator('strong', { hasText: 'LOST?' })).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'could not be sent' })).toHaveCount(0);
  });

  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.locator('strong')).toHaveCount(0);
  await expect(page.getByText('What is it about?')).toBeVisible();
});
