import { documented } from './entry.ts';

export const objectFunctions = documented('object', [
  ['isEmpty()', 'Has it no fields?', '({}).isEmpty()', true],
  ['isNotEmpty()', 'Has it fields?', '({ a: 1 }).isNotEmpty()', true],
  ['hasField(name)', 'Has it this field?', '$json.hasField("name")', true],
  ['removeField(name)', 'A copy without the field.', '({ a: 1, b: 2 }).removeField("b")', { a: 1 }],
  [
    'removeFieldsContaining(text)',
    'A copy without the fields whose text contains it.',
    '({ a: "old x", b: "y" }).removeFieldsContaining("old")',
    { b: 'y' },
  ],
  [
    'keepFieldsContaining(text)',
    'A copy with only the fields whose text contains it.',
    '({ a: "old x", b: "y" }).keepFieldsContaining("old")',
    { a: 'old x' },
  ],
  ['compact()', 'A copy without empty fields.', '({ a: 1, b: null, c: "" }).compact()', { a: 1 }],
  ['urlEncode()', 'As the query of an address.', '({ q: "a b", n: 1 }).urlEncode()', 'q=a+b&n=1'],
  ['keys()', 'The names of its fields.', '({ a: 1, b: 2 }).keys()', ['a', 'b']],
  ['values()', 'The values of its fields.', '({ a: 1, b: 2 }).values()', [1, 2]],
  ['toJsonString()', 'As JSON text.', '({ a: 1 }).toJsonString()', '{"a":1}'],
  ['toInt()', 'Nothing: for data of mixed types.', '({}).toInt() ?? "none"', 'none'],
  ['toFloat()', 'Nothing: for data of mixed types.', '({}).toFloat() ?? "none"', 'none'],
  ['toBoolean()', 'Nothing: for data of mixed types.', '({}).toBoolean() ?? "none"', 'none'],
  ['toDateTime()', 'Nothing: for data of mixed types.', '({}).toDateTime() ?? "none"', 'none'],
]);
