/** Test data of a trigger, remembered until the tab closes: the second Run needs no typing. */

const keyOf = (workflowId: string, triggerId: string) => `linkflow:input:${workflowId}:${triggerId}`;

export const readTestInput = (workflowId: string, triggerId: string): string | null =>
  sessionStorage.getItem(keyOf(workflowId, triggerId));

export const keepTestInput = (workflowId: string, triggerId: string, text: string): void =>
  sessionStorage.setItem(keyOf(workflowId, triggerId), text);

/** The JSON object in a text; null while it is none. */
export function parseTestInput(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null; // still being typed
  }
}
