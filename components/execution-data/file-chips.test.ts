import { expect, it } from 'vitest';
import { hrefOf } from './file-chips.tsx';

const path = (place: string) => `/w/here/${place}`;

it('leads to the storage, or to what the item carries', () => {
  const about = { mimeType: 'text/plain', sizeBytes: 1 };
  expect(hrefOf({ ...about, id: 'files/w/e/f', name: 'my file.txt' }, path)).toBe(
    '/w/here/executions/e/files/f?as=my%20file.txt',
  );
  expect(hrefOf({ ...about, data: 'YQ==' }, path)).toBe('data:text/plain;base64,YQ==');
  expect(hrefOf({ ...about, id: 'elsewhere/x' }, path)).toBeNull();
  expect(hrefOf(about, path)).toBeNull();
});
