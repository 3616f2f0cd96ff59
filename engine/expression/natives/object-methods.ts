import { toPrimitive, toText } from '../coerce.ts';
import { type NativeCall, native, table } from '../values.ts';

/** What every object has. */
export const objectMethods: Record<string, NativeCall> = table<NativeCall>({
  toString: native((_ctx, self) =>
    typeof self === 'symbol' ? String(self) : self instanceof Error ? String(self) : '[object Object]',
  ),
  toLocaleString: native((ctx, self) => toText(ctx, toPrimitive(ctx, self, 'string'))),
  valueOf: native((_ctx, self) => self),
  hasOwnProperty: native(
    (ctx, self, [key]) => typeof self === 'object' && self !== null && Object.hasOwn(self, toText(ctx, key)),
  ),
  propertyIsEnumerable: native(
    (ctx, self, [key]) => typeof self === 'object' && self !== null && Object.hasOwn(self, toText(ctx, key)),
  ),
});
