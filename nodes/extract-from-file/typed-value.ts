/** Text as the number or yes/no that it plainly is: `12`, `-1.5`, `1,200`, `12%`, `TRUE`. Numbers like `007` stay text. */
export function typedValue(text: string): unknown {
  if (text.length > 30) return text;
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  const match = NUMBER.exec(trimmed);
  if (!match || !/\d/.test(trimmed) || /^[+-]?e/i.test(trimmed)) return text;
  const number = Number(match[1]!.replaceAll(',', ''));
  if (!Number.isFinite(number)) return text;
  return match[2] ? number / 100 : number;
}

const NUMBER = /^([+-]?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)?(?:\.\d+)?(?:e[+-]?\d{1,3})?)(%?)$/i;
