import { expect, it } from 'vitest';
import { readHosts } from './host-text.ts';

it('takes hosts from whatever was typed or pasted', () => {
  expect(readHosts('API.example.com, *.example.org\nlocalhost:8080')).toEqual({
    hosts: ['api.example.com', '*.example.org', 'localhost:8080'],
    wrong: [],
  });
  expect(readHosts('https://api.example.com/v1?x=1').hosts).toEqual(['api.example.com']);
  expect(readHosts('api.example.com/v1 ok.example')).toEqual({
    hosts: ['ok.example'],
    wrong: ['api.example.com/v1'],
  });
  expect(readHosts(' , ')).toEqual({ hosts: [], wrong: [] });
});
