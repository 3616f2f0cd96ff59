import { test as base, expect } from '@playwright/test';

/** Playwright's `test`, which also fails when a page did something that its content security policy forbids. */
export const test = base.extend<{ noViolations: undefined }>({
  noViolations: [
    async ({ context }, use) => {
      const violations: string[] = [];
      context.on('console', (message) => {
        if (/content security policy/i.test(message.text())) violations.push(message.text());
      });
      await use(undefined);
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],
});
