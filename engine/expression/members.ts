import { toKey, toText } from './coerce.ts';
import type { Context } from './context.ts';
import { defineField } from './context.ts';
import { extensionFor, isExtensionName, misuse } from './extensions/lookup.ts';
import { securityError } from './failures.ts';
import { isBlockedUnlessOwn, refuseBlocked } from './names.ts';
import { arrayMethods } from './natives/array.ts';
import { collectionMethods, collectionSize } from './natives/collections.ts';
import { dateMethods } from './natives/date.ts';
import { functionMethods } from './natives/function-methods.ts';
import { readLuxon } from './natives/luxon-members.ts';
import { numberMethods } from './natives/number.ts';
import { objectMethods } from './natives/object-methods.ts';
import { stringMethods } from './natives/string.ts';
import {
  invoke,
  isCallable,
  isClosure,
  isLuxon,
  isPlainObject,
  Namespace,
  Native,
  type NativeCall,
  Opaque,
  View,
} from './values.ts';

/** `value[key]` with a key that is already a property key and not blocked. */
export function getMember(ctx: Context, value: unknown, key: string): unknown {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) {
      if (key === 'length') return value.length;
      if (Object.hasOwn(value, key)) return (value as unknown as Record<string, unknown>)[key];
      return methodValue(arrayMethods[key], value);
    }
    if (isPlainObject(value)) {
      if (Object.hasOwn(value, key)) return value[key];
      if (isBlockedUnlessOwn(key)) throw securityError(key);
      return methodValue(objectMethods[key], value);
    }
    if (value instanceof View) return value.read(key);
    return readHostObject(ctx, value, key);
  }
  if (typeof value === 'string') {
    if (key === 'length') return value.length;
    const index = arrayIndex(key);
    if (index >= 0) return value[index];
    return methodValue(stringMethods[key], value);
  }
  if (value === undefined || value === null) {
    throw new TypeError(`Cannot read properties of ${value} (reading '${key.slice(0, 100)}')`);
  }
  if (isBlockedUnlessOwn(key)) throw securityError(key);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return methodValue(numberMethods[key], value);
  }
  if (typeof value === 'function') return readFunction(value.name, value.length, value, key);
  if (typeof value === 'symbol')
    return key === 'description' ? value.description : methodValue(objectMethods[key], value);
  return undefined;
}

function readHostObject(ctx: Context, value: object, key: string): unknown {
  if (isBlockedUnlessOwn(key)) throw securityError(key);
  if (value instanceof Native) {
    if (key in value.statics) return value.statics[key];
    return readFunction(value.name, 0, value, key);
  }
  if (value instanceof Namespace) return value.members[key] ?? methodValue(objectMethods[key], value);
  if (value instanceof Opaque) return value.get(ctx, key);
  if (value instanceof Date) return methodValue(dateMethods[key], value);
  if (isLuxon(value)) return readLuxon(ctx, value, key);
  if (value instanceof Error) {
    if (key === 'name' || key === 'message') return value[key];
    if (key === 'cause') return undefined;
    return methodValue(objectMethods[key], value);
  }
  const size = collectionSize(value, key);
  if (size !== undefined) return size;
  const method = collectionMethods(value)?.[key] ?? objectMethods[key];
  return methodValue(method, value);
}

function readFunction(name: string, length: number, value: unknown, key: string): unknown {
  if (key === 'name') return name;
  if (key === 'length') return length;
  return methodValue(functionMethods[key], value);
}

/** A method taken without calling it (`const f = 'a'.trim`) keeps its object. */
function methodValue(method: NativeCall | undefined, self: unknown): unknown {
  if (method === undefined) return undefined;
  return new Native('method', (ctx, given, args) => method(ctx, given ?? self, args));
}

export function arrayIndex(key: string): number {
  if (!/^(?:0|[1-9]\d{0,9})$/.test(key)) return -1;
  return Number(key);
}

/** `value[key]` for any key. */
export function getComputed(ctx: Context, value: unknown, key: unknown): unknown {
  if (typeof key === 'number' && Array.isArray(value)) {
    return key >= 0 && Number.isInteger(key) && key < value.length
      ? value[key]
      : getMember(ctx, value, String(key));
  }
  const name = toKey(ctx, key);
  return getMember(ctx, value, name);
}

/** `target[key] = value`: only on arrays and plain objects, which are this evaluation's own (see Context.data). */
export function setMember(ctx: Context, target: unknown, key: unknown, value: unknown): void {
  const name = toKey(ctx, key);
  if (target === null || target === undefined) {
    throw new TypeError(`Cannot set properties of ${target} (setting '${name.slice(0, 100)}')`);
  }
  if (Array.isArray(target)) {
    if (name === 'length') {
      const length = Number(value);
      ctx.grow(Math.max(0, length - target.length));
      target.length = length;
      return;
    }
    const index = arrayIndex(name);
    if (index < 0) return;
    // A far index would make a huge sparse array that others then walk.
    ctx.grow(Math.max(1, index - target.length + 1));
    target[index] = value;
    return;
  }
  if (!isPlainObject(target) || Object.isFrozen(target))
    throw new TypeError('Cannot assign to a read only property');
  ctx.grow(1);
  defineField(target, name, value);
}

export function deleteMember(ctx: Context, target: unknown, key: unknown): boolean {
  const name = toKey(ctx, key);
  if (!isPlainObject(target) && !Array.isArray(target)) return false;
  return Reflect.deleteProperty(target, name);
}

/** `key in target`. */
export function hasMember(ctx: Context, target: unknown, key: unknown): boolean {
  const name = toText(ctx, key);
  if (typeof target !== 'object' || target === null)
    throw new TypeError("Cannot use 'in' operator on a primitive");
  if (target instanceof View) return target.keys.includes(name);
  if (Array.isArray(target) || isPlainObject(target)) return Object.hasOwn(target, name);
  refuseBlocked(name);
  return getMember(ctx, target, name) !== undefined;
}

/** `self.name(...args)`: an extension for the value's type first, then the value's own or native method. */
export function callMethod(ctx: Context, self: unknown, name: string, args: readonly unknown[]): unknown {
  ctx.step();
  if (isExtensionName(name)) {
    const own = isPlainObject(self) && Object.hasOwn(self, name) ? self[name] : undefined;
    if (isCallable(own)) return invoke(ctx, own, self, args);
    const extension = extensionFor(ctx, self, name);
    if (extension !== undefined) {
      if (Array.isArray(self)) ctx.step(self.length >> 2);
      return extension(ctx, self, args);
    }
    const native = self === undefined || self === null ? undefined : getMember(ctx, self, name);
    if (isCallable(native)) return invoke(ctx, native, self, args);
    throw misuse(name, self);
  }
  if (typeof self === 'string') {
    const method = stringMethods[name];
    if (method !== undefined) return method(ctx, self, args);
  } else if (Array.isArray(self)) {
    const method = arrayMethods[name];
    if (method !== undefined) return method(ctx, self, args);
  }
  const method = getMember(ctx, self, name);
  if (isClosure(method) || method instanceof Native) return invoke(ctx, method, self, args);
  throw new TypeError(`${name.slice(0, 100)} is not a function`);
}
