import type { JsonObject } from '#engine/item.ts';
import { chars, oneOf, type Random, whole } from './random.ts';

const FIRST = [
  'Ada',
  'Bruno',
  'Chidi',
  'Daria',
  'Emeka',
  'Farah',
  'Goran',
  'Hana',
  'Ivo',
  'Jun',
  'Karla',
  'Luis',
  'Mina',
  'Noor',
  'Olga',
  'Pavel',
];
const LAST = [
  'Almeida',
  'Berg',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Greco',
  'Haddad',
  'Ito',
  'Jansen',
  'Kowalski',
  'Lindholm',
  'Moreau',
  'Nowak',
  'Okafor',
  'Petrov',
];
const STREETS = [
  'Oak Street',
  'Mill Lane',
  'Station Road',
  'Harbour Way',
  'Hill Avenue',
  'Park Row',
  'Garden Close',
  'River Walk',
];
const PLACES = [
  ['Lisbon', 'Lisbon', 'Portugal'],
  ['Lyon', 'Rhône', 'France'],
  ['Graz', 'Styria', 'Austria'],
  ['Ghent', 'East Flanders', 'Belgium'],
  ['Turin', 'Piedmont', 'Italy'],
  ['Leeds', 'Yorkshire', 'United Kingdom'],
  ['Osaka', 'Osaka', 'Japan'],
  ['Accra', 'Greater Accra', 'Ghana'],
] as const;
/** Reserved for examples: mail to them reaches nobody. */
const DOMAINS = ['example.com', 'example.net', 'example.org'];
const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

export interface IdShape {
  alphabet: string;
  length: number;
}
export type Kind =
  | 'user'
  | 'address'
  | 'email'
  | 'location'
  | 'creditCard'
  | 'url'
  | 'ipv4'
  | 'ipv6'
  | 'mac'
  | 'nanoid'
  | 'uuid'
  | 'version';

/** One invented thing of this kind. Not for secrets: who knows the seed knows the data. */
export function invent(kind: Kind, random: Random, id: IdShape): JsonObject {
  switch (kind) {
    case 'user': {
      const name = person(random);
      const email = `${name.firstname}.${name.lastname}@${oneOf(random, DOMAINS)}`.toLowerCase();
      return { uid: chars(random, HEX, 12), ...name, email, password: chars(random, LETTERS, 12) };
    }
    case 'address': {
      const [city, state, country] = oneOf(random, PLACES);
      const street = `${oneOf(random, STREETS)} ${whole(random, 1, 250)}`;
      return { ...person(random), street, city, zip: chars(random, '0123456789', 5), state, country };
    }
    case 'email': {
      const { firstname, lastname } = person(random);
      const email = `${firstname}.${lastname}@${oneOf(random, DOMAINS)}`.toLowerCase();
      return { email, confirmed: random() < 0.5 };
    }
    case 'location':
      return { latitude: degrees(random, 90), longitude: degrees(random, 180) };
    case 'creditCard':
      return {
        type: 'Visa',
        number: cardNumber(random),
        ccv: chars(random, '0123456789', 3),
        exp: `${String(whole(random, 1, 12)).padStart(2, '0')}/${whole(random, 27, 35)}`,
        holder_name: Object.values(person(random)).join(' '),
      };
    case 'url':
      return { url: `https://${oneOf(random, DOMAINS)}/${chars(random, HEX, 8)}` };
    case 'ipv4':
      return { ip: [1, 2, 3, 4].map(() => whole(random, 1, 254)).join('.') };
    case 'ipv6':
      return { ipv6: Array.from({ length: 8 }, () => chars(random, HEX, 4)).join(':') };
    case 'mac':
      return { mac: Array.from({ length: 6 }, () => chars(random, HEX, 2)).join(':') };
    case 'nanoid':
      return { nanoId: chars(random, id.alphabet, id.length) };
    case 'uuid':
      return { uuid: uuid(random) };
    case 'version':
      return { version: [whole(random, 0, 9), whole(random, 0, 20), whole(random, 0, 50)].join('.') };
  }
}

const person = (random: Random) => ({ firstname: oneOf(random, FIRST), lastname: oneOf(random, LAST) });
const degrees = (random: Random, max: number) => Math.round((random() * 2 - 1) * max * 1e5) / 1e5;

function uuid(random: Random): string {
  const digits = (length: number) => chars(random, HEX, length);
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${oneOf(random, ['8', '9', 'a', 'b'])}${digits(3)}-${digits(12)}`;
}

/** 16 digits whose last one is right (Luhn). */
function cardNumber(random: Random): string {
  const digits = `4${chars(random, '0123456789', 14)}`;
  let sum = 0;
  for (const [place, digit] of [...digits].entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
