/** The number that somebody typed, as they group digits: “1,000”, “1.000”, “1 000”. null: nothing; NaN: no number. */
export function countFromText(text: string): number | null {
  const plain = text.trim().replaceAll(/[\s,.’'](?=\d{3}(?:\D|$))/g, '');
  return plain === '' ? null : Number(plain);
}
