/** Words that random expressions are put together from. */
const split = (text: string): string[] => text.trim().split(/\s+/);

export const NAMES = split(`
  $json $input $binary $now $today $node $items $item $itemIndex $runIndex $prevNode $workflow $execution $vars $env
  $parameter $rawParameter $jmespath $if $ifEmpty $min $max $average $not $fromAI $evaluateExpression $position $thisItem
  $nodeVersion $mode $self $data DateTime Duration Interval Math JSON Object Array String Number Boolean Date RegExp Map
  Set WeakMap WeakSet Symbol BigInt Intl Error TypeError Uint8Array ArrayBuffer URL URLSearchParams parseInt parseFloat
  isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI Infinity NaN undefined this arguments
  globalThis window process require module exports global Function eval Reflect Proxy Promise WebAssembly fetch
  setTimeout import_ console self linkflowCanary extend extendOptional min max average not numberList zip x y z a b c`);

export const MEMBERS = split(`
  length name message json item first last all params context isExecuted itemMatching pairedItem id mode keys values
  entries map filter find findIndex reduce reduceRight forEach some every flat flatMap sort reverse concat join slice
  splice push pop shift unshift fill copyWithin includes indexOf lastIndexOf at with toSorted toReversed toSpliced
  replace replaceAll match matchAll search split trim padStart padEnd repeat charAt charCodeAt codePointAt substring
  substr toUpperCase toLowerCase normalize localeCompare toString valueOf toLocaleString toFixed toPrecision
  toExponential hasOwnProperty isPrototypeOf propertyIsEnumerable call apply bind test exec source flags lastIndex
  unique removeDuplicates pluck compact chunk renameKeys smartJoin merge union difference intersection append sum
  randomItem isEmpty isNotEmpty toJsonString parseJson toDateTime toDate toBoolean toInt toFloat toNumber format
  beginningOf endOfMonth extract isBetween isDst isInLast isWeekend plus minus diffTo diffToNow ceil floor round abs
  isInteger isEven isOdd hasField removeField removeFieldsContaining keepFieldsContaining urlEncode urlDecode hash
  removeMarkdown removeTags toSentenceCase toSnakeCase toTitleCase quote replaceSpecialChars isDomain isEmail isNumeric
  isUrl extractEmail extractDomain extractUrl extractUrlPath base64Encode base64Decode set get has add delete clear size
  startOf endOf toISO toISODate toFormat toMillis toJSDate setZone setLocale diff until year month fromISO fromFormat
  fromMillis now local utc fromObject from of isArray assign freeze create fromEntries getPrototypeOf setPrototypeOf
  defineProperty getOwnPropertyNames getOwnPropertyDescriptor stringify parse raw fromCharCode fromCodePoint random
  pow max min NumberFormat DateTimeFormat Collator Segmenter supportedLocalesOf resolvedOptions formatToParts then next
  constructor __proto__ prototype __defineGetter__ __defineSetter__ __lookupGetter__ caller callee arguments
  mainModule prepareStackTrace getBuiltinModule binding dlopen _load env exit process species iterator toPrimitive
  toStringTag hasInstance description for keyFor`);

export const OPERATORS = split(
  '+ - * / % ** == === != !== < > <= >= && || ?? & | ^ << >> >>> in instanceof ,',
);

export const PATTERNS = split(String.raw`
  (a+)+$ (a|aa)*b ^(\w+\s?)*$ (.*)*x (x+x+)+y ([a-z]+)*\d (?:a?){30}a{30} (a*)*b \b(\w+)\b.*\1 (?<n>.)\k<n> (?=a)b
  (?<=x)y [^]*? \p{L}+ [\s\S]{1,99999} ((((((a?)?)?)?)?)?)? (|a)+ a{1,9999}{1,9999} .*.*.*.*.*= ^(([a-z])+.)+[A-Z]([a-z])+$`);

/** Ways in which people have left sandboxes, and ways to keep one busy. */
export const ATTACKS: readonly string[] = [
  'constructor.constructor("return linkflowCanary")()',
  '[].constructor.constructor("linkflowCanary")()',
  '(() => {}).constructor("return process")()',
  '""["con" + "structor"]["con" + "structor"]("return linkflowCanary")()',
  '({}).__proto__.polluted = 1',
  'Object.assign(Object.prototype, { polluted: 1 })',
  '({ ["__proto__"]: { polluted: 1 } }).polluted',
  'JSON.parse(\'{"__proto__": {"polluted": 1}, "constructor": 1}\')',
  '(function () { return this })()',
  '(() => { try { null.x } catch (e) { return e.constructor.constructor("return linkflowCanary")() } })()',
  '(() => { throw { toString() { throw 1 } } })()',
  '`${{ toString() { return {} } }}`',
  '({ get a() { return this.a } }).a',
  '({ valueOf() { return this + 1 } }) + 1',
  '(function f() { return f() })()',
  '(f => f(f))(f => f(f))',
  '(() => { for (;;) {} })()',
  '(() => { while (true) { x = [x, x] } })()',
  '(() => { let s = "x"; for (;;) s += s; })()',
  '"x".repeat(1e9)',
  '"x".padEnd(1e9)',
  '[..."x".repeat(1e6)].map(c => c.repeat(1e5)).join()',
  'Array(1e9).fill(0)',
  'Array.from({ length: 1e9 })',
  'new Uint8Array(1e10)',
  'new Array(4294967295).join("x")',
  '[...Array(1e7).keys()].sort(() => Math.random() - 0.5)',
  '(() => { const a = []; a[4294967294] = 1; return a.map(x => x) })()',
  '(() => { const a = []; a.push(a); return a.flat(Infinity) })()',
  '(() => { const o = {}; o.o = o; return JSON.stringify(o) })()',
  '(() => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a })()',
  '(() => { let a = {}; for (let i = 0; i < 30; i++) a = { l: a, r: a }; return a })()',
  '10n ** 10n ** 10n',
  '(2n ** 100000n).toString()',
  '2 ** 1e9',
  '(1e21).toFixed(100) + (123.456).toString(36)',
  '"a".localeCompare("b", "x-invalid")',
  'new Intl.NumberFormat("en", { minimumFractionDigits: 999 }).format(1)',
  'DateTime.fromFormat("1".repeat(500), "S".repeat(500))',
  '$now.toFormat("y".repeat(100000))',
  'Duration.fromObject({ years: 1e308 }).toISO()',
  'Interval.after($now, { years: 1e9 }).splitBy({ seconds: 1 })',
  '$now.until($now.plus({ years: 1e5 })).splitBy({ milliseconds: 1 })',
  '$jmespath($json, "[[" + "[*]".repeat(5000))',
  '$jmespath($json, "a" + "||a".repeat(20000))',
  '"<".repeat(1e5).removeTags() + "[".repeat(1e5).removeMarkdown()',
  '("a@".repeat(1e5)).extractEmail()',
  '("1".repeat(1e6)).toSentenceCase()',
  'new URL("http://" + "a.".repeat(1e5))',
  'new RegExp("(".repeat(5000) + ")".repeat(5000))',
  'new RegExp("a{1,1000}".repeat(50)).test("a".repeat(1e5))',
  '"a".repeat(1e5).match(/(a+)+$/)',
  '("a".repeat(5e4) + "!").replace(/(a|aa)+$/, "")',
  '"x".repeat(1e6).split("")',
  '"aaaa".replaceAll("a", "$&".repeat(1e6))',
  'Symbol.iterator in Object(1)',
  '({ [Symbol.toPrimitive]: () => { for (;;) {} } }) + 1',
  '({ *[Symbol.iterator]() { for (;;) yield 1 } })',
  '[...{ *[Symbol.iterator]() { for (;;) yield 1 } }]',
  'class A { static x = linkflowCanary }',
  'new (class { constructor() { return globalThis } })()',
  'import("fs")',
  'new.target',
  'super.x',
  'async () => await import("child_process")',
  'yield 1',
  '`${`${`${`${1}`}`}`}`',
  'a?.b?.[c]?.(d)?.["__proto__"]',
  'delete $json.name, $json.name = 1',
  '$json.tags.push(1), $json.tags.sort(), $json.tags.length = 0',
  'Object.freeze($json)',
  '$("Start").first().json.name = 2',
  '$input.all().map(i => i.json.x = 1)',
];
