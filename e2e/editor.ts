import { expect, type Page } from '@playwright/test';

/** What a person does in the editor, as functions. */
export async function signUp(page: Page, address: string, name: string, email: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/w\//);
}

/** Chooses from the menu of one’s account. After a redirect its button is there before what it does: so until it opens. */
export async function chooseFromAccount(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name });
  await expect(async () => {
    await page.getByRole('button', { name: /: account/ }).click();
    await expect(item).toBeVisible({ timeout: 1000 });
  }).toPass();
  await item.click();
}

/** Drags a node from the palette to a place on the canvas, in px from its top left corner. */
export async function dropNode(page: Page, type: string, x: number, y: number): Promise<void> {
  const before = await page.locator('.react-flow__node').count();
  await page.getByTestId(`palette-${type}`).scrollIntoViewIfNeeded();
  await page
    .getByTestId(`palette-${type}`)
    .dragTo(page.locator('.react-flow__pane'), { targetPosition: { x, y } });
  await expect(page.locator('.react-flow__node')).toHaveCount(before + 1);
}

/** Draws an edge from an output to an input with the mouse. */
export async function connect(
  page: Page,
  from: string,
  output: string,
  to: string,
  input: string,
): Promise<void> {
  const edges = await page.locator('.react-flow__edge').count();
  const source = page
    .getByTestId(`node-${from}`)
    .locator(`.react-flow__handle.source[data-handleid="${output}"]`);
  const target = page
    .getByTestId(`node-${to}`)
    .locator(`.react-flow__handle.target[data-handleid="${input}"]`);
  const a = (await source.boundingBox())!;
  const b = (await target.boundingBox())!;
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(edges + 1);
}

export async function openNode(page: Page, name: string): Promise<void> {
  await page.getByTestId(`node-${name}`).dblclick();
  await expect(page.getByTestId('config-panel')).toHaveAttribute('aria-label', `Configuration of ${name}`);
}

/** Fills a text field or an expression editor of the open node. */
export async function fill(page: Page, label: string, value: string): Promise<void> {
  const panel = page.getByTestId('config-panel');
  await panel
    .getByLabel(new RegExp(`^${label}\\s*\\*?$`))
    .first()
    .fill(value); // required ones carry a star
}

/** A row of the fields of “Edit fields”. */
export async function addField(page: Page, index: number, name: string, value: string): Promise<void> {
  await page
    .getByTestId('config-panel')
    .getByRole('button', { name: /add field|add a field/i })
    .click();
  await fill(page, `Name of field ${index + 1}`, name);
  await fill(page, `Value of field ${index + 1}`, value);
}

/** The address of the open webhook node. */
export async function webhookUrl(page: Page): Promise<string> {
  const text = await page.getByTestId('webhook-url').textContent();
  return text!.match(/https?:\/\/\S+?\/webhooks\/[\w-]{22}/)![0];
}
