import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { bool, compact, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const KEEP: Record<string, string> = {
  keepMatches: 'matches',
  keepNonMatches: 'non-matches',
  keepEverything: 'everything',
  enrichInput1: 'enrich-input1',
  enrichInput2: 'enrich-input2',
};

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.merge'],
    map: (node, version) => (version < 2 ? waitingForAll(mapOld(node)) : mapNew(node, version)),
  },
];

function mapNew({ parameters }: N8nNode, version: number): ImportedNode | string {
  const inputs = version >= 3 ? Number(parameters.numberInputs ?? 2) || 2 : 2;
  const mode = text(parameters.mode, 'append');
  if (mode === 'append') return merge({ mode: 'append', inputs });
  if (mode === 'chooseBranch') return chooseBranch(parameters, version, inputs);
  if (mode === 'combineBySql') return bySql(parameters, version, inputs);
  if (mode !== 'combine') return `It merges in the mode “${mode}”.`;
  const how =
    version >= 3
      ? text(parameters.combineBy, 'combineByFields')
      : text(parameters.combinationMode, 'mergeByFields');
  const options = record(parameters.options);
  const clash = clashOf(options, how.endsWith('Position') ? inputs : 2);
  switch (how) {
    case 'combineByPosition':
    case 'mergeByPosition':
      return merge({
        mode: 'position',
        inputs,
        unpaired: bool(options.includeUnpaired) ? 'keep' : undefined,
        ...clash,
        options: compact({ ...record(clash.options), passOther: version < 3 || undefined }),
      });
    case 'combineAll':
    case 'multiplex':
      return merge({ mode: 'all', ...clash });
    default:
      return byFields(parameters, options, clash, version);
  }
}

function byFields(parameters: Values, options: Values, clash: Values, version: number): ImportedNode {
  const joinMode = text(parameters.joinMode, 'keepMatches');
  const simple = version >= 3 && !bool(parameters.advanced);
  const named = text(parameters.fieldsToMatchString)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const match = simple
    ? named.map((name) => ({ field1: name, field2: name }))
    : rows(parameters.mergeByFields, 'values').map((row) => ({
        field1: text(row.field1),
        field2: text(row.field2),
      }));
  return merge({
    mode: 'fields',
    match,
    keep: KEEP[joinMode] ?? 'matches',
    outputFrom: text(parameters.outputDataFrom) || undefined,
    ...clash,
    options: compact({
      ...record(clash.options),
      fuzzy: options.fuzzyCompare === true || undefined,
      dotNotation: options.disableDotNotation === true ? false : undefined,
      firstMatchOnly: options.multipleMatches === 'first' || undefined,
      passOther: version < 2.1 || undefined,
    }),
  });
}

/** There a row had no field where it had no value, and an empty result was one item unless told otherwise. */
function bySql(parameters: Values, version: number, inputs: number): ImportedNode {
  const empty = text(record(parameters.options).emptyQueryResult, version < 3.2 ? 'success' : 'empty');
  return merge({
    mode: 'sql',
    inputs,
    query: text(parameters.query, 'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id'),
    options: compact({ omitEmpty: true, successItem: empty === 'success' || undefined }),
  });
}

function clashOf(options: Values, inputs: number): Values {
  const values = rows(options.clashHandling, 'values')[0] ?? {};
  const resolve = text(values.resolveClash, 'preferLast');
  const clash =
    resolve === 'addSuffix' ? 'suffix' : resolve === 'preferInput1' && inputs >= 2 ? 'first' : undefined;
  return compact({
    clash,
    options: compact({
      deep: values.mergeMode === 'shallowMerge' ? false : undefined,
      overwriteEmpty: values.overrideEmpty === true || undefined,
    }),
  });
}

function chooseBranch(parameters: Values, version: number, inputs: number): ImportedNode {
  const output = version >= 3 ? text(parameters.chooseBranchMode, 'waitForAll') : 'waitForAll';
  const choice = text(parameters.output, version >= 3 ? 'specifiedInput' : 'input1');
  if (choice === 'empty') return merge({ mode: 'choose-branch', inputs, branch: 'empty' });
  const number =
    choice === 'specifiedInput'
      ? Number(parameters.useDataOfInput ?? 1)
      : Number(choice.replace('input', ''));
  return {
    ...merge({
      mode: 'choose-branch',
      inputs,
      branchInput: Number.isInteger(number) && number > 0 ? number : 1,
    }),
    ...(output === 'waitForAll' ? {} : { approximated: `It chose its branch by “${output}”.` }),
  };
}

/** The first version never ran with a part of its inputs. */
function waitingForAll(imported: ImportedNode | string): ImportedNode | string {
  if (typeof imported === 'string') return imported;
  const { parameters } = imported;
  return {
    ...imported,
    parameters: { ...parameters, options: { ...record(parameters.options), waitForAll: true } },
  };
}

/** Version 1 had other names and paired by one field or by index. */
function mapOld({ parameters }: N8nNode): ImportedNode | string {
  const match = [{ field1: text(parameters.propertyName1), field2: text(parameters.propertyName2) }];
  switch (text(parameters.mode, 'append')) {
    case 'append':
      return merge({ mode: 'append' });
    case 'passThrough':
      return merge({ mode: 'choose-branch', branchInput: parameters.output === 'input2' ? 2 : 1 });
    case 'wait':
      return merge({ mode: 'choose-branch', branch: 'empty' });
    case 'multiplex':
      return merge({ mode: 'all', options: { deep: false } });
    case 'keepKeyMatches':
      return merge({
        mode: 'fields',
        match,
        keep: 'matches',
        outputFrom: 'input1',
        options: { firstMatchOnly: true },
      });
    case 'removeKeyMatches':
      return merge({ mode: 'fields', match, keep: 'non-matches', outputFrom: 'input1' });
    case 'mergeByIndex': {
      const unpaired: Record<string, string> = { inner: 'drop', left: 'keep-input1', outer: 'keep' };
      return merge({
        mode: 'position',
        unpaired: unpaired[text(parameters.join, 'left')] ?? 'keep-input1',
        options: { deep: false },
      });
    }
    case 'mergeByKey':
      return {
        ...merge({ mode: 'fields', match, keep: 'enrich-input1', ...overwriteOf(parameters.overwrite) }),
        approximated: 'Items without a match come after the others here.',
      };
    default:
      return `It merges in the mode “${text(parameters.mode)}”.`;
  }
}

function overwriteOf(value: unknown): Values {
  const options = { deep: false, firstMatchOnly: true };
  if (value === 'blank') return { clash: 'first', options: { ...options, overwriteEmpty: true } };
  return value === 'undefined' ? { clash: 'first', options } : { options };
}

const merge = (parameters: Values): ImportedNode => ({ type: 'merge', parameters: compact(parameters) });
