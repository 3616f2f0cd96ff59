import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** `text-ui` is a font size of ours; without this tailwind-merge takes it for a colour and drops it. */
const merge = extendTailwindMerge({ extend: { theme: { text: ['ui'] } } });

/** Joins class names; of two utilities that set the same property the later one wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
