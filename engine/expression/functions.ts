import { arrayFunctions } from './functions/array.ts';
import { dateFunctions } from './functions/date.ts';
import type { DocumentedFunction } from './functions/entry.ts';
import { globalFunctions } from './functions/globals.ts';
import { booleanFunctions, numberFunctions } from './functions/number.ts';
import { objectFunctions } from './functions/object.ts';
import { stringFunctions } from './functions/string.ts';
import { variables } from './functions/variables.ts';

export {
  DOCUMENTED_TYPES,
  type DocumentedFunction,
  type DocumentedType,
  EXAMPLE_JSON,
} from './functions/entry.ts';

/**
 * Everything the language adds to JavaScript: one table for the editor's completion, the docs page and the tests,
 * which evaluate every example.
 */
export const FUNCTIONS: readonly DocumentedFunction[] = [
  ...variables,
  ...globalFunctions,
  ...stringFunctions,
  ...numberFunctions,
  ...booleanFunctions,
  ...arrayFunctions,
  ...objectFunctions,
  ...dateFunctions,
];
