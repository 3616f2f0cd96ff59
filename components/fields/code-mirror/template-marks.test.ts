import { describe, expect, it } from 'vitest';
import { isInTemplate, templateBlocks } from './template-marks.ts';

const texts = (source: string) => templateBlocks(source).map((b) => source.slice(b.from, b.to));

describe('blocks of a template', () => {
  it('finds each block', () => {
    expect(texts('a {{ $json.x }} b {{ 1 }}')).toEqual(['{{ $json.x }}', '{{ 1 }}']);
  });
  it('does not end inside quotes or nested objects', () => {
    expect(texts('{{ "}}" }}!')).toEqual(['{{ "}}" }}']);
    expect(texts('{{ {a: {}}}}!')).toEqual(['{{ {a: {}}}}']);
  });
  it('leaves an escaped one alone', () => {
    expect(texts('\\{{ x }}')).toEqual([]);
  });
  it('takes an open block to the end', () => {
    expect(texts('{{ $json.')).toEqual(['{{ $json.']);
    expect(isInTemplate('{{ $json.', 9)).toBe(true);
    expect(isInTemplate('{{ 1 }} x', 9)).toBe(false);
  });
});
