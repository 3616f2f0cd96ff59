import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The command was written wrongly: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** parseArgs that throws UsageError, and takes as many words as `words` names. */
export function readArgs<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  { usage, options, words = [] }: { usage: string; options: O; words?: readonly string[] },
) {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (parsed.positionals.length > words.length)
      throw new Error(`Unexpected “${parsed.positionals[words.length]}”`);
    return parsed;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`);
  }
}

export function required(value: string | undefined, name: string, usage: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing.\nUsage: ${usage}`);
  return value;
}
