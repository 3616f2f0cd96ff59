/** Small words that stay small inside a title. */
const SMALL = new Set(
  'a an the and as at but by for from if in into nor of on or so than that to via when with yet'.split(' '),
);

/** The first letter of each sentence large, all others small. */
export function sentenceCase(text: string): string {
  let begins = true;
  return text.toLowerCase().replace(/[.!?]|\p{L}/gu, (sign) => {
    const isLetter = !/[.!?]/.test(sign);
    const first = begins && isLetter;
    begins = !isLetter;
    return first ? sign.toUpperCase() : sign;
  });
}

export function titleCase(text: string): string {
  let isFirst = true;
  return text.toLowerCase().replace(/[^\s]+/g, (word) => {
    const keep = !isFirst && SMALL.has(word);
    isFirst = false;
    return keep ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}

export function snakeCase(text: string): string {
  return text
    .replace(/[\s\-.,;:!?]+/g, '_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}_]/gu, '')
    .replace(/_{2,}/g, '_')
    .toLowerCase();
}

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
};

/** Letters without accents: é becomes e, ß becomes ss. */
export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæÆœŒøØđĐðÐþÞłŁı]/g, (letter) => LETTERS[letter] ?? letter);
