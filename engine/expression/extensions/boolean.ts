import { type NativeCall, table } from '../values.ts';

const asNumber: NativeCall = (_ctx, self) => (self ? 1 : 0);

export const booleanExtensions: Record<string, NativeCall> = table<NativeCall>({
  toBoolean: (_ctx, self) => self,
  toInt: asNumber,
  toFloat: asNumber,
  toNumber: asNumber,
  toDateTime: () => undefined,
  isEmpty: () => false,
  isNotEmpty: () => true,
});
