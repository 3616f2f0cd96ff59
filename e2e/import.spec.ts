import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { startSink } from '#tests/support/sink.ts';
import { fill, openNode, signUp, webhookUrl } from './editor.ts';
import { test } from './test.ts';

/** As somebody finds it on a page of templates: the address is theirs, one node is unknown here, a credential is named. */
const template = {
  name: 'Greet new customers',
  nodes: [
    n8nNode('Webhook', 'webhook', 2, [0, 0], {
      httpMethod: 'POST',
      path: 'new-customer',
      responseMode: 'lastNode',
    }),
    n8nNode('Customer', 'set', 3.4, [220, 0], {
      assignments: {
        assignments: [
          { id: 'a', name: 'name', type: 'string', value: '={{ $json.body.name.toTitleCase() }}' },
          { id: 'b', name: 'vip', type: 'boolean', value: '={{ $json.body.spent > 1000 }}' },
        ],
      },
    }),
    n8nNode('VIP?', 'if', 2.2, [440, 0], {
      conditions: {
        options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
        combinator: 'and',
        conditions: [
          {
            id: 'c',
            leftValue: '={{ $json.vip }}',
            rightValue: '',
            operator: { type: 'boolean', operation: 'true', singleValue: true },
          },
        ],
      },
    }),
    n8nNode('Tell the team', 'httpRequest', 4.2, [660, -100], {
      method: 'POST',
      url: 'https://api.example.com/messages',
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '={{ JSON.stringify({ text: "Welcome " + $json.name }) }}',
    }),
    n8nNode('Mark', 'code', 2, [880, -100], {
      jsCode: "return [{ json: { greeted: $('Customer').first().json.name, at: $now.year > 2000 } }];",
    }),
    {
      ...n8nNode('Add to list', 'acmeCrmOfTomorrow', 1, [660, 160], { list: 'customers' }),
      credentials: { acmeApi: { id: '1', name: 'ACME account' } },
    },
  ],
  connections: {
    Webhook: to(['Customer']),
    Customer: to(['VIP?']),
    'VIP?': to(['Tell the team'], ['Add to list']),
    'Tell the team': to(['Mark']),
  },
  settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
};

test('a template from n8n is pasted, gets what it needs, and runs', async ({ page }) => {
  const sink = await startSink();
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Grace Hopper', `paste-${Date.now()}@example.com`);
  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await expect(page.getByTestId('editor')).toBeVisible();

  await test.step('paste', async () => {
    await paste(page, JSON.stringify(template));
    const report = page.getByRole('dialog', { name: 'Pasted 6 nodes from n8n' });
    await expect(report.getByText('1 placeholder')).toBeVisible();
    await expect(report.getByText('5 mapped')).toBeVisible();
    await expect(report.getByText('ACME account · acmeApi')).toBeVisible();
    await report.getByRole('button', { name: 'Continue' }).click();
    await expect(page.locator('.react-flow__node')).toHaveCount(6);
    await expect(page.locator('.react-flow__edge')).toHaveCount(5);
  });

  await test.step('give it what it needs', async () => {
    await openNode(page, 'Tell the team');
    await fill(page, 'URL', `${sink.url}/messages`);
    await expect(page.getByTestId('save-state')).toContainText(/saved/i);
  });

  const hook = await test.step('activate', async () => {
    await page.getByTestId('activate-switch').click();
    await expect(page.getByTestId('live-state')).toContainText(/live/i);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Fit the workflow/ }).click();
    await openNode(page, 'Webhook');
    return webhookUrl(page);
  });

  await test.step('it answers, and does outside what it did there', async () => {
    const answer = await fetch(hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'ada lovelace', spent: 1200 }),
    });
    expect(await answer.json()).toEqual({ greeted: 'Ada Lovelace', at: true });
    expect(sink.calls.map(({ body }) => JSON.parse(body))).toEqual([{ text: 'Welcome Ada Lovelace' }]);
  });

  await test.step('a node that stands for another says so when it is reached', async () => {
    const answer = await fetch(hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'bob', spent: 1 }),
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('acmeCrmOfTomorrow');
  });
  await sink.close();
});

test('a workflow goes back to n8n, with a report of what differs', async ({ page }) => {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Barbara Liskov', `back-${Date.now()}@example.com`);
  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await expect(page.getByTestId('editor')).toBeVisible();
  await paste(page, JSON.stringify(template));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByTestId('more-menu').click();
  await page.getByRole('menuitem', { name: 'Export for n8n…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export for n8n' });
  await expect(dialog.getByText('5 mapped')).toBeVisible();
  await expect(dialog.getByText('It gets another address in n8n.')).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.n8n\.json$/);
  const { nodes, connections } = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(nodes.map(({ type }: { type: string }) => type)).toEqual(template.nodes.map(({ type }) => type));
  expect(connections['VIP?']).toEqual(template.connections['VIP?']);
  await expect(dialog).toBeHidden();
});

test('a workflow file is dropped on the canvas', async ({ page }) => {
  await signUp(page, `${process.env.E2E_URL}/signup`, 'Alan Turing', `drop-${Date.now()}@example.com`);
  await page
    .getByRole('button', { name: /start from scratch/i })
    .first()
    .click();
  await expect(page.getByTestId('editor')).toBeVisible();
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'workflow.json', { type: 'application/json' }));
      return transfer;
    },
    JSON.stringify({ ...template, nodes: template.nodes.slice(0, 3) }),
  );
  await page
    .locator('.react-flow__pane')
    .dispatchEvent('drop', { dataTransfer: data, clientX: 400, clientY: 300 });
  await expect(page.locator('.react-flow__node')).toHaveCount(3);
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
});

function n8nNode(name: string, type: string, typeVersion: number, position: number[], parameters: object) {
  return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position, parameters };
}

function to(...outputs: string[][]) {
  return { main: outputs.map((names) => names.map((node) => ({ node, type: 'main', index: 0 }))) };
}

/** What Ctrl+V does, without the clipboard of the machine. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
