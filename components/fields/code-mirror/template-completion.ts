import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { TemplateWorld } from '../form-context.tsx';
import { isInTemplate } from './template-marks.ts';
import { methodsOf, VARIABLES } from './vocabulary.ts';

/**
 * Completes inside `{{ }}`: variables, names of nodes, the fields of the real last item behind a path, and the methods
 * of the value that stands there. `world` is asked each time, since runs come and go while the editor lives.
 */
export const templateCompletion =
  (world: () => TemplateWorld, { everywhere = false } = {}): CompletionSource =>
  (context) => {
    if (!everywhere && !isInTemplate(context.state.doc.toString(), context.pos)) return null;
    const before = context.state.sliceDoc(Math.max(0, context.pos - 200), context.pos);
    return (
      nodeNames(context, before, world()) ?? members(context, before, world()) ?? variables(context, before)
    );
  };

function nodeNames(
  context: CompletionContext,
  before: string,
  world: TemplateWorld,
): CompletionResult | null {
  const match = /\$\(\s*(["'])([^"']*)$/.exec(before);
  if (!match) return null;
  const quote = match[1] ?? "'";
  return {
    from: context.pos - (match[2]?.length ?? 0),
    options: world.nodeNames.map((label) => ({
      label,
      type: 'class',
      apply: `${label.replaceAll(quote, `\\${quote}`)}${quote})`,
    })),
    validFor: /^[^"']*$/,
  };
}

const PATH =
  /((?:\$json|\$input\.item\.json|\$input\.first\(\)\.json|\$\(\s*(?:"[^"]*"|'[^']*')\s*\)\.(?:item|first\(\)|last\(\))\.json)(?:\.[\w$]+|\[\d+\]|\["[^"]*"\])*)\.([\w$]*)$/;
const MEMBER = /\.([\w$]*)$/;

function members(context: CompletionContext, before: string, world: TemplateWorld): CompletionResult | null {
  const match = PATH.exec(before);
  const typed = (match?.[2] ?? MEMBER.exec(before)?.[1]) as string | undefined;
  if (typed === undefined) return null;
  const value = match ? valueAt(match[1] ?? '', world) : undefined;
  const fields = isRecord(value) ? Object.entries(value).map(fieldCompletion) : [];
  const options = [...fields, ...objectMembers(before), ...methodsOf(value)];
  if (options.length === 0) return null;
  return { from: context.pos - typed.length, options, validFor: /^[\w$]*$/ };
}

function fieldCompletion([label, value]: [string, unknown]): Completion {
  const plain = /^[A-Za-z_$][\w$]*$/.test(label);
  return {
    label,
    type: 'property',
    boost: 50,
    detail: sample(value),
    ...(plain
      ? {}
      : {
          apply: (view, _completion, from, to) => {
            const insert = `[${JSON.stringify(label)}]`;
            view.dispatch({
              changes: { from: from - 1, to, insert },
              selection: { anchor: from - 1 + insert.length },
            });
          },
        }),
  };
}

/** What can follow `$input.` and `$('Name').` themselves. */
function objectMembers(before: string): Completion[] {
  if (!/(?:\$input|\$\(\s*(?:"[^"]*"|'[^']*')\s*\))\.[\w$]*$/.test(before)) return [];
  return [
    { label: 'item', type: 'property', detail: 'the matching item', boost: 60 },
    { label: 'first()', type: 'method', detail: 'first item', boost: 59 },
    { label: 'last()', type: 'method', detail: 'last item', boost: 58 },
    { label: 'all()', type: 'method', detail: 'list of items', boost: 57 },
  ];
}

function variables(context: CompletionContext, before: string): CompletionResult | null {
  const word = /(\$[\w$]*|\b[A-Z]\w*)$/.exec(before);
  if (!word && !context.explicit) return null;
  return { from: context.pos - (word?.[0].length ?? 0), options: [...VARIABLES], validFor: /^\$?[\w$]*$/ };
}

/** The value that a path leads to in the last real data; undefined where it leads nowhere. */
export function valueAt(path: string, world: TemplateWorld): unknown {
  const node = /^\$\(\s*(?:"([^"]*)"|'([^']*)')\s*\)\.(?:item|first\(\)|last\(\))\.json/.exec(path);
  const head = node?.[0] ?? /^(\$json|\$input\.item\.json|\$input\.first\(\)\.json)/.exec(path)?.[0] ?? '';
  let value: unknown = node ? world.sampleOf(node[1] ?? node[2] ?? '') : world.json;
  for (const step of path.slice(head.length).matchAll(/\.([\w$]+)|\[(\d+)\]|\["([^"]*)"\]/g)) {
    const key = step[1] ?? step[2] ?? step[3] ?? '';
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sample(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? `[${value.length}]`
        : isRecord(value)
          ? '{…}'
          : String(value);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
