/** What a hosted page answers. */
export type PageAnswer =
  | { status: number; html: string }
  | { redirect: string }
  | { status: number; pdf: Buffer };

/** Text that may stand in HTML as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | null | false | Part[];

/** Escapes everything that is put in, except other `html`. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < parts.length ? render(parts[i]!) : '')).join(''));
}

export function page(title: string, body: Html, status = 200): PageAnswer {
  const text = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>${body.text}</main></body></html>`;
  return { status, html: text };
}

export const notice = (error: string | null): Html =>
  html`${error !== null && html`<p role="alert" class="error">${error}</p>`}`;

export const cardFields = html`<label>Card number
    <input name="number" inputmode="numeric" autocomplete="cc-number" required placeholder="1234 1234 1234 1234"></label>
  <label>Expiration <input name="expiry" autocomplete="cc-exp" placeholder="MM / YY"></label>
  <label>CVC <input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="CVC"></label>`;

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (Array.isArray(part)) return part.map(render).join('');
  return part instanceof Html ? part.text : escaped(String(part));
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 2rem auto; padding: 0 1rem; }
form { display: grid; gap: .75rem; margin: 1rem 0; }
label { display: grid; gap: .25rem; }
input, select, button { font: inherit; padding: .5rem; }
table { width: 100%; border-collapse: collapse; } td { padding: .25rem 0; } td:last-child { text-align: right; }
.error { color: light-dark(#b00020, #ff8a9a); }`;
