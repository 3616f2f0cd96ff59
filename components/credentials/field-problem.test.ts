import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { fieldProblem } from './field-problem.ts';

const said = (message: string) =>
  fieldProblem(
    TRPCClientError.from({ error: { code: -32600, message, data: { code: 'BAD_REQUEST' } } } as never),
  );

it('puts a complaint of the server at its field', () => {
  expect(said('data.token: “Token” must not be empty.')).toEqual({
    field: 'data.token',
    message: '“Token” must not be empty.',
  });
  expect(said('allowedHosts.2: A host is a name.')).toEqual({
    field: 'allowedHosts',
    message: 'A host is a name.',
  });
  expect(said('name: Enter a name.').field).toBe('name');
});

it('leaves other complaints to the form', () => {
  expect(said('You may not do this: ask an admin.')).toEqual({
    field: null,
    message: 'You may not do this: ask an admin.',
  });
  expect(fieldProblem(new Error('fetch failed')).message).toContain('cannot be reached');
});
