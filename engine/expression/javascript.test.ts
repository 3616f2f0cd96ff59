import { describe, expect, it } from 'vitest';
import { linesOf, ours, theirs } from '#tests/support/javascript.ts';

/**
 * Expressions are JavaScript: each of these must give what Node itself gives for the same text. What our language leaves
 * out on purpose is tested in security.test.ts and language.test.ts.
 */
const EXPRESSIONS: Record<string, string> = {
  numbers: `
    1 + 2 * 3 - 4 / 5 % 6
    2 ** 10
    -7 % 3
    7 & 3 | 8 ^ 1
    1 << 4
    -16 >> 2
    -16 >>> 28
    ~5
    +'3.5'
    -'2'
    +true
    +null
    +[]
    1 / 0
    0 / 0
    1n + 2n ** 8n
    7n / 2n
    7n % 4n
    (12.345).toFixed(1)
    (1234.5678).toPrecision(6)
    (1234.5678).toExponential(2)
    (255).toString(16)
    (255n).toString(2)
    (0.1 + 0.2).toString()
    true.toString()
    (5).valueOf()
    true.valueOf() && false
    Number('12') + Number('') + Number(null)
    Number('x')
    Number.parseFloat('3.7abc')
    Number.isInteger(5.0)
    Number.isSafeInteger(2 ** 53)
    Number.MAX_SAFE_INTEGER
    Number.EPSILON
    parseInt('ff', 16)
    parseInt('12px')
    parseFloat('1e3x')
    isNaN('x')
    isFinite('5')
    BigInt('123456789012345678901234567890') + 1n
    Math.max(1, '3', 2)
    Math.min()
    Math.round(2.5) + Math.floor(-2.5) + Math.ceil(2.1) + Math.trunc(-2.9)
    Math.hypot(3, 4)
    Math.sign(-3)
    Math.cbrt(27)
    Math.PI.toFixed(5)
    Math.abs(-5) + Math.sqrt(16) + Math.log2(8) + Math.log10(1000)
    Math.clz32(1)
    (1234567.891).toLocaleString('en-US')
    (1234567.891).toLocaleString('de-DE', { maximumFractionDigits: 1 })
    (0.256).toLocaleString('en-US', { style: 'percent' })
    true.toLocaleString()
  `,
  comparisons: `
    1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3
    'a' < 'b'
    '10' < '9'
    '10' < 9
    null == undefined
    null === undefined
    '1' == 1
    [1] == 1
    [1, 2] == '1,2'
    ({}) == '[object Object]'
    null == 0
    undefined == 0
    NaN != NaN
    1n == 1
    1n === 1
    'a' in { a: 1 }
    'b' in { a: 1 }
    1 in ['x', 'y']
    [] instanceof Array
    [] instanceof Object
    new Date() instanceof Date
    new Map() instanceof Map
    new Set() instanceof Set
    new TypeError('x') instanceof Error
    new TypeError('x') instanceof TypeError
    new Error('x') instanceof TypeError
    ({}) instanceof Date
    /x/ instanceof RegExp
    new URL('https://a.example') instanceof URL
    5 instanceof Object
    0 || 'a'
    0 ?? 'a'
    null ?? 'a'
    '' && 'a'
    !0
    void 0
    typeof 1
    typeof 1n
    typeof 'a'
    typeof undefined
    typeof null
    typeof {}
    typeof (() => 1)
    typeof Symbol('x')
    typeof notDefinedAnywhere
    Object.is(NaN, NaN)
    Object.is(0, -0)
    1 ? 'yes' : 'no'
    (1, 2, 3)
  `,
  text: `
    'a' + 1 + null + undefined + true
    'a' + [1, [2, 3]] + {}
    \`\${1 + 1}-\${[1, 2]}-\${ {} }\`
    'hello'.at(-1) + 'hello'.charAt(1)
    'hello'.charCodeAt(0) + '😀'.codePointAt(0)
    'hello'.indexOf('l') + 'hello'.lastIndexOf('l')
    'hello'.includes('ell') && 'hello'.startsWith('he') && 'hello'.endsWith('lo')
    'hello'.slice(1, -1) + 'hello'.substring(3, 1) + 'hello'.substr(-3, 2)
    ' x '.trim() + '|' + ' x '.trimStart() + '|' + ' x '.trimEnd()
    'ß'.toUpperCase() + 'İ'.toLowerCase()
    'a'.padStart(3) + 'a'.padEnd(3, 'xy')
    'a-b-a'.replace('a', 'c')
    'a-b-a'.replaceAll('a', (m, at) => m + at)
    'price'.replace('i', '[$&]$$')
    'aXbX'.replaceAll('X', '')
    'ab'.replaceAll('', '-')
    'a,b,,c'.split(',')
    'abc'.split('')
    'a,b,c'.split(',', 2)
    'abc'.split()
    'abc'.concat('d', 1, null)
    'ab'.repeat(3)
    'é'.normalize('NFD').length
    'a'.localeCompare('b', 'en')
    'ä'.localeCompare('z', 'de', { sensitivity: 'base' })
    'TITLE'.toLocaleLowerCase('tr')
    'title'.toLocaleUpperCase()
    'ab'.isWellFormed()
    'x'.toString() + 'y'.valueOf() + 'z'.toLocaleString()
    'hello'.length + 'hello'[1]
    [...'a😀b']
    String(null) + String([1, 2]) + String({}) + String(12n)
    String.fromCharCode(72, 105) + String.fromCodePoint(128512)
    String.raw\`a\\n\${1 + 1}b\`
    'a\\tb\\u0041'
    'abc'.match(/b/).index
    'abc'.match(/x/)
    'a1b22'.match(/\\d+/g)
    [...'a1b22'.matchAll(/(?<letter>[a-z])(\\d+)/g)].map((m) => m.groups.letter + m[2])
    'abc'.search(/c/)
    'abc'.search('x')
    'a1b2'.split(/\\d/)
    'a1b2'.split(/(\\d)/, 3)
    'john smith'.replace(/(\\w+) (\\w+)/, '$2 $1')
    'john smith'.replace(/(?<first>\\w+) (?<last>\\w+)/, '$<last>, $<first>')
    'abc'.replace(/b/, '[$&]$$$1')
    'abcabc'.replace(/b/g, (m, at, all) => m.toUpperCase() + at + all.length)
    'a.b'.replaceAll(/\\./g, '-')
    encodeURIComponent('a b&ü') + encodeURI('https://x.y/ü z')
    decodeURIComponent('a%20b%26') + decodeURI('%C3%BC')
    escape === undefined
  `,
  patterns: `
    /a(b)?c/.exec('ac')[1]
    /x/.exec('abc')
    /^\\d{4}-\\d{2}$/.test('2024-05')
    /A/i.test('a')
    new RegExp('a+', 'g').toString()
    /x/gi.flags + /x/.source + /x/g.global + /x/i.ignoreCase + /x/m.multiline
    (() => { const r = /a/g; const at = []; while (r.test('banana')) at.push(r.lastIndex); return at })()
    /(?=a)b|(?<!x)c/.test('c')
    /\\bfoo\\b/.test('a foo b')
    /\\p{L}+/u.exec('äöü1')[0]
  `,
  arrays: `
    [1, 2, 3].map((x, i) => x * i)
    [1, , 3].length
    [1, 2, 3, 4].filter((x) => x % 2)
    [1, 2, 3].find((x) => x > 1) + [1, 2, 3].findIndex((x) => x > 1)
    [1, 2, 3].findLast((x) => x < 3) + [1, 2, 3].findLastIndex((x) => x < 3)
    [1, 2].some((x) => x > 1) && [1, 2].every((x) => x > 0)
    [1, 2, 3].reduce((a, b) => a + b)
    [1, 2, 3].reduceRight((a, b) => a + '-' + b, 'x')
    (() => { let sum = 0; [1, 2, 3].forEach((x) => { sum += x }); return sum })()
    [3, 1, 2].sort()
    [10, 9, 1].sort()
    [10, 9, 1].sort((a, b) => a - b)
    ['b', undefined, 'a'].sort()
    [3, 1, 2].toSorted((a, b) => b - a)
    [1, 2, 3].reverse()
    [1, 2, 3].toReversed()
    [1, 2, 3, 4].slice(1, -1)
    [1, 2, 3, 4].splice(1, 2)
    [1, 2, 3, 4].toSpliced(1, 2, 'x')
    [1, 2].concat([3], 4, [[5]])
    [1, [2, [3, [4]]]].flat()
    [1, [2, [3, [4]]]].flat(Infinity)
    [1, 2].flatMap((x) => [x, x * 2])
    [1, null, undefined, [2, 3]].join()
    [1, 2].join(' and ')
    [1, 2, 3].includes(2) && [NaN].includes(NaN)
    [1, 2, 1].indexOf(1, 1) + [1, 2, 1].lastIndexOf(1)
    [1, 2, 3].at(-1)
    [1, 2, 3].with(1, 'x')
    [1, 2, 3].fill(0, 1)
    [1, 2, 3, 4].copyWithin(0, 2)
    (() => { const a = [1]; a.push(2, 3); a.unshift(0); return [a.pop(), a.shift(), a, a.length] })()
    (() => { const a = [1, 2, 3]; a[5] = 1; a.length = 2; return a })()
    [...[1, 2].entries()]
    [...[1, 2].keys(), ...[1, 2].values()]
    Array.from('abc', (c, i) => c + i)
    Array.from({ length: 3 }, (_, i) => i)
    Array.from({ length: 2, 0: 'a', 1: 'b' })
    Array.from(new Set([1, 1, 2]))
    Array.of(1, 2) + Array.isArray([]) + Array.isArray('x')
    Array(3).fill(1)
    new Array(1, 2, 3)
    [1, 2].toString() + [1, 2].toLocaleString()
    [..."ab", ...[1], ...new Map([['k', 1]])]
    [[1, 2], [3]].map(([a, b = 9]) => a + b)
  `,
  objects: `
    ({ a: 1, 'b-c': 2, [1 + 1]: 3 })
    ({ ...{ a: 1 }, b: 2, ...null, ...[9] })
    (({ a, ...rest }) => rest)({ a: 1, b: 2, c: 3 })
    (({ a: { b: [, x] } = { b: [1, 2] } }) => x)({})
    ({ f() { return this.x }, x: 5 }).f()
    ({ a: { b: null } }).a?.b?.c?.d
    ({}).a?.[0]?.(1)
    ({ f: null }).f?.()
    Object.keys({ b: 1, a: 2 })
    Object.values({ b: 1, a: 2 })
    Object.entries({ b: 1, a: [2] })
    Object.keys('ab')
    Object.assign({ a: 1 }, { b: 2 }, null, { a: 3 })
    Object.fromEntries([['a', 1], ['b', 2]])
    Object.fromEntries(new Map([['x', 1]]))
    Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even'))
    Object.hasOwn({ a: 1 }, 'a') && !Object.hasOwn({}, 'toString')
    Object.getOwnPropertyNames({ a: 1 })
    ({ a: 1 }).hasOwnProperty('a')
    ({ a: 1 }).propertyIsEnumerable('b')
    ({}).toString() + ({}).toLocaleString()
    ({ a: 1 }).valueOf()
    ({ valueOf: () => 5 }) + 1
    \`\${ { toString: () => 'me' } }\`
    (() => { const o = { a: 1, b: 2 }; delete o.a; o['c'] = 3; o.b += 5; return o })()
    (() => { const o = { n: null, z: 0, t: 1 }; o.n ??= 1; o.z ||= 2; o.t &&= 3; o.n ??= 9; o.t ||= 9; o.q &&= 1; return o })()
    (() => { const o = { i: 1 }; return [o.i++, ++o.i, o.i--, --o.i, o.i] })()
    (() => { let i = 1; i += 2; i *= 3; i -= 1; i /= 2; i **= 2; i %= 7; i <<= 2; i >>= 1; i >>>= 0; i |= 1; i &= 7; i ^= 2; return i })()
    (() => { let a, b; [a, b] = [1, 2]; ({ a, b: [b] } = { a: b, b: [a] }); return [a, b] })()
    new Boolean(true) ? 1 : 2
    Boolean('') || Boolean('x')
  `,
  collections: `
    (() => { const m = new Map([['a', 1]]); m.set('b', 2).set('a', 3); return [m.get('a'), m.has('b'), m.size, m.delete('b'), m.has('b')] })()
    [...new Map([['a', 1]]).keys(), ...new Map([['a', 1]]).values(), ...new Map([['a', 1]]).entries()]
    (() => { const seen = []; new Map([['a', 1]]).forEach((v, k) => seen.push(k + v)); return seen })()
    (() => { const m = new Map([['a', 1]]); m.clear(); return m.size })()
    (() => { const s = new Set([1, 2, 2]); s.add(3).add(1); return [s.has(3), s.size, s.delete(1), [...s]] })()
    [...new Set([1]).keys(), ...new Set([2]).values(), ...new Set([3]).entries()]
    (() => { let n = 0; new Set([1, 2]).forEach((v) => { n += v }); return n })()
    (() => { const s = new Set([1]); s.clear(); return s.size })()
    (() => { const key = {}; const m = new WeakMap([[key, 1]]); return [m.get(key), m.has({})] })()
    [...new Uint8Array([1, 300, -1])]
    new Uint8Array(3).length + new Float64Array(2).byteLength + new Int16Array([5])[0]
    [...new BigInt64Array([1n, 2n])].map(String)
    new ArrayBuffer(8).byteLength
  `,
  json: `
    JSON.stringify({ a: [1, 'x', null, undefined, () => 1], b: undefined, d: new Date(0) })
    JSON.stringify({ a: { b: 1 } }, null, 2)
    JSON.stringify({ a: 1, b: { a: 2, c: 3 } }, ['a', 'b'])
    JSON.stringify({ a: 1, b: 'x' }, (k, v) => (typeof v === 'number' ? v * 2 : v))
    JSON.stringify([1, { x: 1 }], (k, v) => (k === 'x' ? undefined : v), '--')
    JSON.stringify({ toJSON: () => 'mine' })
    JSON.stringify(undefined)
    JSON.stringify(new Map([[1, 2]]))
    JSON.stringify(NaN)
    JSON.parse('{"a":[1,{"b":null}]}')
    JSON.parse('[1,2,{"a":3}]', (k, v) => (typeof v === 'number' ? v + 1 : v))
    JSON.parse('{"a":1,"b":2}', (k, v) => (k === 'a' ? undefined : v))
  `,
  dates: `
    new Date(0).toISOString()
    new Date('2024-02-29T12:34:56.789Z').toJSON()
    new Date(2024, 0, 31, 5).getTime()
    new Date('2024-05-15').getTime()
    new Date('2024-05-15 10:00').toISOString()
    new Date('15 May 2024 10:00 GMT+0200').toISOString()
    new Date(new Date(5)).getTime()
    new Date('nonsense').getTime()
    String(new Date('nonsense'))
    Date.UTC(2024, 1, 29)
    Date.parse('2024-05-15T00:00:00Z')
    new Date(0).getFullYear() + new Date(0).getUTCMonth() + new Date(0).getDay()
    new Date(86399999).getHours() + new Date(86399999).getMinutes() * 100 + new Date(86399999).getSeconds()
    new Date(0).getTimezoneOffset()
    new Date(0).getYear()
    (() => { const d = new Date(0); d.setFullYear(2020, 5, 7); d.setHours(1, 2, 3, 4); d.setDate(31); return d.toISOString() })()
    (() => { const d = new Date(0); d.setTime(1000); d.setUTCMonth(11); d.setMilliseconds(5); return d.valueOf() })()
    new Date(0).toUTCString()
    new Date(0).toString()
    new Date(0).toDateString()
    new Date(0).toTimeString()
    new Date(0).toLocaleDateString('de-DE')
    new Date(0).toLocaleTimeString('en-US')
    new Date(0).toLocaleString('en-GB', { month: 'long', day: 'numeric' })
    new Date(5) - new Date(2)
    new Date(5) > new Date(2)
    new Date(0) + ''
  `,
  'text for people': `
    new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5)
    new Intl.NumberFormat('en').formatToParts(1234).length
    new Intl.NumberFormat('en').resolvedOptions().locale
    new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(new Date(0))
    new Intl.DateTimeFormat('en-US').format(0)
    new Intl.DateTimeFormat('en-US').formatToParts(new Date(0))[0].value
    new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo' }).resolvedOptions().timeZone
    new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day')
    new Intl.PluralRules('en', { type: 'ordinal' }).select(2)
    new Intl.ListFormat('en').format(['a', 'b', 'c'])
    new Intl.Collator('de').compare('ä', 'z')
    String(new Intl.Collator('de'))
  `,
  addresses: `
    new URL('https://user:pw@host.example:8080/a/b?x=1&y=2#h').host
    new URL('/c?d', 'https://a.example/b').href
    ['origin', 'protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'].map((part) => new URL('https://u:p@h.example:81/a?q=1#f')[part])
    new URL('https://a.example/?x=1&x=2').searchParams.getAll('x')
    new URL('https://a.example').toString() + new URL('https://a.example').toJSON()
    new URLSearchParams('a=1&b=2').get('b')
    new URLSearchParams({ a: 1, b: 'x y' }).toString()
    String(new URLSearchParams([['a', '1'], ['a', '2']]))
    (() => { const p = new URLSearchParams(); p.set('a', 1); p.append('a', 2); p.append('b', 3); p.delete('b'); return [p.has('a'), p.has('b'), p.size, [...p.keys()], [...p.values()], [...p.entries()]] })()
    JSON.stringify({ u: new URL('https://a.example/x') })
  `,
};

describe.each(Object.entries(EXPRESSIONS))('%s', (_name, text) => {
  it.each(linesOf(text))('%s', (source) => {
    expect(ours(source)).toEqual(theirs(source));
  });
});
