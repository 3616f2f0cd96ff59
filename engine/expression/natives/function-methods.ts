import { brandClosure, invoke, type NativeCall, native, table } from '../values.ts';

/** call, apply and bind of functions. */
export const functionMethods: Record<string, NativeCall> = table<NativeCall>({
  call: (ctx, self, args) => invoke(ctx, self, args[0], args.slice(1)),
  apply: (ctx, self, args) => invoke(ctx, self, args[0], Array.isArray(args[1]) ? args[1] : []),
  bind: (ctx, self, args) =>
    brandClosure((...more: unknown[]) => invoke(ctx, self, args[0], [...args.slice(1), ...more])),
  toString: native(() => 'function () { [native code] }'),
});
