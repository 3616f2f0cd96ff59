import type { Item } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, toMain } from '../implement.ts';
import { bySql, jsonsOf } from './by-sql.ts';
import { alone, type ClashRule, combine, type Placed, placed, sourceOf } from './combine.ts';
import { inputCount, inputPort, merge } from './definition.ts';
import { match } from './match.ts';

type Input = InputOf<(typeof merge)['operations']['default']['fields']>;

export const mergeNode = implement(merge, {
  default: async (context) => {
    const count = inputCount(context.rawParameters);
    const { mode } = context.input(0);
    if (mode === 'sql') return toMain(await askedBySql(context, count));
    const sides = Array.from({ length: count }, (_, i) => placed(context.inputs[inputPort(i)] ?? [], i));
    return toMain(modes[mode](sides, context.input(0)));
  },
});

const modes: Record<Exclude<Input['mode'], 'sql'>, (sides: Placed[][], input: Input) => Item[]> = {
  append: (sides) => sides.flat().map(unchanged),
  position: byPosition,
  fields: byFields,
  all: (sides, input) => {
    const [one = [], two = []] = sides;
    const rule = clashRule(input);
    // The preferred side is walked through inside, for each item of the other.
    if (rule.clash === 'first') return two.flatMap((b) => one.map((a) => combine([a, b], rule)));
    return one.flatMap((a) => two.map((b) => combine([a, b], rule)));
  },
  'choose-branch': (sides, { branch, branchInput }) => {
    if (branch === 'empty') return [{ json: {}, source: sides.flat().map(sourceOf) }];
    return (sides[branchInput - 1] ?? []).map(unchanged);
  },
};

async function askedBySql(context: OperationContext<Input>, count: number): Promise<Item[]> {
  const { query, options } = context.input(0);
  const { services, signal, inputs } = context;
  const work = {
    query,
    inputs: Array.from({ length: count }, (_, i) => jsonsOf(inputs[inputPort(i)])),
    omitEmpty: options.omitEmpty ?? false,
    now: services.now(),
    seed: services.random(),
  };
  const rows = await bySql(work, signal);
  if (rows.length === 0 && options.successItem) return [{ json: { success: true } }];
  return rows.map((json) => ({ json }));
}

const unchanged = (part: Placed): Item => ({ ...part.item, source: sourceOf(part) });

const clashRule = ({ clash, options }: Input): ClashRule => ({
  clash,
  deep: options.deep ?? true,
  overwriteEmpty: options.overwriteEmpty ?? false,
});

function byPosition(sides: Placed[][], input: Input): Item[] {
  const rule = clashRule(input);
  const lengths = sides.map((side) => side.length);
  if (input.options.passOther && lengths.includes(0)) return sides.flat().map(unchanged);
  const rows = { drop: Math.min(...lengths), keep: Math.max(...lengths), 'keep-input1': lengths[0] ?? 0 }[
    input.unpaired
  ];
  return Array.from({ length: rows }, (_, row) => {
    const parts = sides.flatMap((side) => side[row] ?? []);
    return combine(parts, rule);
  });
}

function byFields(sides: Placed[][], input: Input): Item[] {
  const [one = [], two = []] = sides;
  const rule = clashRule(input);
  const { matched, matched2, unmatched1, unmatched2 } = match(one, two, {
    fields: input.match,
    fuzzy: input.options.fuzzy ?? false,
    dots: input.options.dotNotation ?? true,
    firstOnly: input.options.firstMatchOnly ?? false,
  });
  if (input.options.passOther && (one.length === 0 || two.length === 0)) {
    return [...one, ...two].map(unchanged);
  }
  const single = (parts: Placed[]) => parts.map((part) => alone(part, rule));
  const pairs = () => matched.flatMap(({ one: a, partners }) => partners.map((b) => combine([a, b], rule)));
  switch (input.keep) {
    case 'matches':
      if (input.outputFrom === 'both') return pairs();
      return (input.outputFrom === 'input1' ? matched.map((m) => m.one) : matched2).map(unchanged);
    case 'non-matches':
      if (input.outputFrom === 'input1') return unmatched1.map(unchanged);
      if (input.outputFrom === 'input2') return unmatched2.map(unchanged);
      return [...unmatched1, ...unmatched2].map((part) => ({
        ...part.item,
        json: { ...part.item.json, _source: inputPort(part.input) },
        source: sourceOf(part),
      }));
    case 'everything':
      return [...pairs(), ...single(unmatched1), ...single(unmatched2)];
    case 'enrich-input1':
      return [...pairs(), ...single(unmatched1)];
    case 'enrich-input2':
      return [...pairs(), ...single(unmatched2)];
  }
}
