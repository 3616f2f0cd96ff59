/** A mail of ours, ready to go. */
export interface ComposedMail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

interface Words {
  to: string;
  subject: string;
  /** One paragraph each, plain text. */
  paragraphs: readonly string[];
  action?: { label: string; url: string };
  /** Small print. */
  note?: string;
}

/** The same words as text and as HTML; whatever people put into them stays text. */
export function composeMail({ to, subject, paragraphs, action, note }: Words): ComposedMail {
  const text = [
    ...paragraphs,
    ...(action ? [`${action.label}: ${action.url}`] : []),
    ...(note ? [note] : []),
  ];
  const html = [
    ...paragraphs.map((paragraph) => `<p style="${PARAGRAPH}">${escapeHtml(paragraph)}</p>`),
    ...(action
      ? [
          `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>`,
        ]
      : []),
    ...(note ? [`<p style="${NOTE}">${escapeHtml(note)}</p>`] : []),
  ];
  return {
    to,
    subject,
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="${BODY}"><div style="${CARD}">${html.join('')}</div></body></html>`,
  };
}

// mail programs know no style sheets
const BODY =
  'margin:0;padding:24px;background:#f6f6f8;font-family:system-ui,-apple-system,Segoe UI,sans-serif';
const CARD =
  'max-width:520px;margin:0 auto;padding:28px;background:#fff;border:1px solid #e4e4ea;border-radius:12px;color:#1b1b22';
const PARAGRAPH = 'margin:0 0 14px;font-size:15px;line-height:1.5';
const BUTTON =
  'display:inline-block;padding:10px 18px;background:#5b50e6;color:#fff;border-radius:8px;font-size:15px;font-weight:600;text-decoration:none';
const NOTE = 'margin:20px 0 0;font-size:13px;line-height:1.5;color:#6b6b76';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]!);
