import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * The oldest versions that may be installed, where older ones have a known hole that somebody outside could use. The lock file
 * is looked at, for it decides what `npm ci` brings.
 */
const FLOORS: Record<string, { atLeast: string; because: string }> = {
  next: {
    atLeast: '16.0.7',
    because: 'CVE-2025-66478: code of strangers by server components; middleware bypass before',
  },
  react: { atLeast: '19.2.1', because: 'CVE-2025-55182' },
  'react-dom': { atLeast: '19.2.1', because: 'CVE-2025-55182' },
  'next-auth': { atLeast: '5.0.0-beta.30', because: 'mails to addresses that are not what they seem' },
  nodemailer: { atLeast: '7.0.7', because: 'CVE-2025-13033: recipients outside the domain that was checked' },
  undici: { atLeast: '7.5.0', because: 'CVE-2025-22150, CVE-2025-47279' },
  '@trpc/server': { atLeast: '11.1.1', because: 'CVE-2025-43855' },
  tar: { atLeast: '7.5.1', because: 'CVE-2025-64118' },
  'node-tar': { atLeast: '7.5.1', because: 'the same' },
  jose: { atLeast: '5.0.0', because: 'packed tokens without end' },
  'fast-xml-parser': { atLeast: '4.4.1', because: 'CVE-2024-41818' },
  ws: { atLeast: '8.17.1', because: 'CVE-2024-37890' },
  'path-to-regexp': { atLeast: '8.0.0', because: 'CVE-2024-45296' },
};

interface Lock {
  packages: Record<string, { version?: string; dev?: boolean }>;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

/** Every copy of a package that is shipped. */
const installed = (name: string): string[] =>
  Object.entries(lock.packages).flatMap(([place, { version, dev }]) =>
    !dev &&
    version !== undefined &&
    (place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`))
      ? [version]
      : [],
  );

/** Numbers by order, and a release before its betas' numbers count. */
function isAtLeast(version: string, floor: string): boolean {
  const parts = (text: string) => text.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? Number(part) : -1));
  const [have, want] = [parts(version), parts(floor)];
  for (let i = 0; i < Math.max(have.length, want.length); i++) {
    // 5.0.0 comes after 5.0.0-beta.30
    const [a, b] = [
      have[i] ?? (i > 2 ? Number.POSITIVE_INFINITY : 0),
      want[i] ?? (i > 2 ? Number.POSITIVE_INFINITY : 0),
    ];
    if (a !== b) return a > b;
  }
  return true;
}

it('compares versions', () => {
  for (const [version, floor, expected] of [
    ['16.0.7', '16.0.7', true],
    ['16.0.6', '16.0.7', false],
    ['16.10.0', '16.9.9', true],
    ['5.0.0-beta.29', '5.0.0-beta.30', false],
    ['5.0.0-beta.32', '5.0.0-beta.30', true],
    ['5.0.0', '5.0.0-beta.30', true],
    ['5.0.0-beta.30', '5.0.0', false],
  ] as const)
    expect([version, floor, isAtLeast(version, floor)]).toEqual([version, floor, expected]);
});

it.each(Object.entries(FLOORS))('%s is new enough', (name, { atLeast, because }) => {
  for (const version of installed(name))
    expect([version, because, isAtLeast(version, atLeast)]).toEqual([version, because, true]);
});

it('the packages that face strangers are there to be looked at', () => {
  for (const name of ['next', 'react', 'next-auth', 'nodemailer', 'undici', '@trpc/server'])
    expect([name, installed(name).length > 0]).toEqual([name, true]);
});

it('node is new enough', () => {
  expect(isAtLeast(process.versions.node, '24.11.1')).toBe(true);
});
