import { chatAnswerSchema } from '#server/chat/schema.ts';

type Result = { output: string } | { failure: string };

/** Sends a message and waits for the answer; never rejects: what went wrong is for the page to show. */
export async function sendMessage(
  endpointId: string,
  { sessionId, text, files }: { sessionId: string; text: string; files: File[] },
): Promise<Result> {
  try {
    const response = await fetch(`/chat/${endpointId}`, {
      method: 'POST',
      ...bodyOf(sessionId, text, files),
    });
    const answer = (await response.json()) as { detail?: string };
    if (response.ok) return { output: chatAnswerSchema.parse(answer).output };
    return { failure: answer.detail ?? `The server answered ${response.status}.` };
  } catch {
    return { failure: 'It could not be sent. Check your connection and try again.' };
  }
}

function bodyOf(sessionId: string, chatInput: string, files: File[]) {
  if (files.length === 0)
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sessionId, chatInput }),
    };
  const form = new FormData();
  form.set('sessionId', sessionId);
  form.set('chatInput', chatInput);
  for (const file of files) form.append('files', file);
  return { body: form };
}
