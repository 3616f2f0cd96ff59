import { type Submitted, submittedSchema } from '#server/forms/schema.ts';

type Result = { submitted: Submitted } | { message: string; issues: Record<string, string> };

/** Sends what was filled in; never rejects: what went wrong is for the page to show. */
export async function sendForm(action: string, data: FormData): Promise<Result> {
  try {
    const response = await fetch(action, {
      method: 'POST',
      body: data,
      headers: { accept: 'application/json' },
    });
    const answer = (await response.json()) as { detail?: string; issues?: Record<string, string> };
    if (response.ok) return { submitted: submittedSchema.parse(answer) };
    return {
      message: answer.detail ?? `The server answered ${response.status}.`,
      issues: answer.issues ?? {},
    };
  } catch {
    return { message: 'It could not be sent. Check your connection and try again.', issues: {} };
  }
}
