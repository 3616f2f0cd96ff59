import type { Context } from '../context.ts';
import { View } from '../values.ts';
import { readGlobal } from './lookup.ts';

/** `this` outside of methods: the names that the expression can see anyway. */
export const THIS = (ctx: Context): View => new View([], (key) => readGlobal(ctx, key));
