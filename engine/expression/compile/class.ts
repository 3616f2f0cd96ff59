import type * as acorn from 'acorn';
import { ExpressionSyntaxError, FatalExpressionError, securityError } from '../failures.ts';
import { isBlocked } from '../names.ts';
import { invoke, Native } from '../values.ts';
import { compileExpression } from './expression.ts';
import { type Evaluate, Frame, Names } from './frame.ts';
import { compileFunction } from './function.ts';
import { fieldName } from './literals.ts';

/** A class without a parent: `new` makes a plain object whose methods are fields that do not show. */
export function compileClass(node: acorn.Class | acorn.AnonymousClassDeclaration, outer: Names): Evaluate {
  if (node.superClass)
    throw new FatalExpressionError('config', 'Classes cannot extend others in expressions');
  const names = new Names(outer, true, outer.traits);
  const thisSlot = names.bindThis();
  const members = node.body.body.map((member) => compileMember(member, names));
  const name = node.id?.name ?? '';
  return (ctx, frame) => {
    const refuse = () => {
      throw new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
    };
    const construct = (_ctx: unknown, args: readonly unknown[]): unknown => {
      const self: Record<string, unknown> = {};
      const local = new Frame(frame);
      local.slots[thisSlot] = self;
      let run: unknown;
      for (const { key, kind, value } of members) {
        const made = value(ctx, local);
        ctx.grow(1);
        if (kind === 'constructor') run = made;
        else if (kind === 'field') self[key] = made;
        else Object.defineProperty(self, key, { value: made, configurable: true, writable: true });
      }
      const result = run === undefined ? undefined : invoke(ctx, run, self, args);
      return typeof result === 'object' && result !== null ? result : self;
    };
    return new Native(name, refuse, { construct });
  };
}

interface Member {
  key: string;
  kind: 'constructor' | 'method' | 'field';
  value: Evaluate;
}

function compileMember(member: acorn.ClassBody['body'][number], names: Names): Member {
  const isPlain =
    member.type === 'MethodDefinition'
      ? /^(?:constructor|method)$/.test(member.kind)
      : member.type === 'PropertyDefinition';
  if (
    !isPlain ||
    member.type === 'StaticBlock' ||
    member.static ||
    member.computed ||
    member.key.type === 'PrivateIdentifier'
  ) {
    throw new ExpressionSyntaxError('Only plain methods and fields are supported in classes', member.start);
  }
  const key = fieldName(member.key);
  if (member.type === 'PropertyDefinition') {
    if (isBlocked(key)) throw securityError(key);
    return {
      key,
      kind: 'field',
      value: member.value ? compileExpression(member.value, names) : () => undefined,
    };
  }
  const kind = member.kind === 'constructor' ? 'constructor' : 'method';
  if (kind === 'method' && isBlocked(key)) throw securityError(key);
  return { key, kind, value: compileFunction(member.value, names) };
}
