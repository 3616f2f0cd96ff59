import { expect } from '@playwright/test';
import { signUp } from './editor.ts';
import { test } from './test.ts';

test('files are uploaded, found, downloaded and deleted', async ({ page }) => {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Ada', `files-${Date.now()}@example.com`);
  await page.getByRole('link', { name: 'Files' }).click();
  await expect(page.getByText('No files yet')).toBeVisible();
  await page.getByLabel('Files to upload').setInputFiles([
    { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2') },
    { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.alloc(3000) },
  ]);
  const files = page.getByLabel('Files', { exact: true });
  await expect(files.getByText('prices.csv')).toBeVisible();
  await expect(files.getByText('3 kB')).toBeVisible();

  await page.getByLabel('Search files').fill('price');
  await expect(files.getByText('logo.png')).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download prices.csv' }).click();
  expect((await download).suggestedFilename()).toBe('prices.csv');

  await page.getByRole('button', { name: 'Delete prices.csv' }).click();
  await page.getByRole('button', { name: 'Delete file' }).click();
  await expect(page.getByText('No file matches “price”')).toBeVisible();
});
