import { documented } from './entry.ts';

export const globalFunctions = documented('global', [
  [
    '$if(condition, value, otherwise?)',
    'One of two values; only that one is evaluated.',
    '$if($json.age > 30, "senior", "junior")',
    'senior',
  ],
  ['$ifEmpty(value, otherwise)', 'The value, or the other if it is empty.', '$ifEmpty("", "none")', 'none'],
  ['$min(...numbers)', 'The smallest number.', '$min(3, 1, 2)', 1],
  ['$max(...numbers)', 'The largest number.', '$max(3, 1, 2)', 3],
  ['$average(...numbers)', 'The mean of the numbers.', '$average(2, 4)', 3],
  ['$not(value)', 'The opposite.', '$not(false)', true],
  [
    '$jmespath(data, query)',
    'What a JMESPath query finds in the data.',
    '$jmespath({ a: [{ b: 1 }, { b: 2 }] }, "a[*].b")',
    [1, 2],
  ],
  ['$jmesPath(data, query)', 'The same as $jmespath().', '$jmesPath({ a: 1 }, "a")', 1],
  ['min(...numbers)', 'The same as $min().', 'min(3, 1)', 1],
  ['max(...numbers)', 'The same as $max().', 'max(3, 1)', 3],
  ['average(...numbers)', 'The same as $average().', 'average(2, 4)', 3],
  ['not(value)', 'The same as $not().', 'not(true)', false],
  ['numberList(from, to)', 'All whole numbers from one to the other.', 'numberList(1, 3)', [1, 2, 3]],
  ['zip(names, values)', 'An object of two lists.', 'zip(["a", "b"], [1, 2])', { a: 1, b: 2 }],
  [
    'extend(value, name, arguments?)',
    'Calls a function of the value by its name.',
    'extend("a b", "urlEncode")',
    'a%20b',
  ],
  [
    '$fromAI(key, description?, type?, default?)',
    'A value that the model fills in when it calls the node as a tool.',
    '$fromAI("name", "who it is about")',
    'Ada',
  ],
]);
