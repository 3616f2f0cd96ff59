const WHAT: Record<string, [one: string, many: string]> = {
  webhook: ['webhook call', 'webhook calls'],
  form: ['filled-in form', 'filled-in forms'],
  chat: ['chat message', 'chat messages'],
  schedule: ['scheduled start', 'scheduled starts'],
  email: ['mail', 'mails'],
  api: ['API call', 'API calls'],
};

/** “1 webhook call”, “1,203 mails”. */
export function refusedWhat(count: number, mode: string): string {
  const [one, many] = WHAT[mode] ?? ['start', 'starts'];
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
