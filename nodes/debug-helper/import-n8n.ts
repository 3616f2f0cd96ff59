import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [{ types: ['n8n-nodes-base.debugHelper'], map: mapHelper }];

const KINDS: Record<string, string> = { latLong: 'location', macAddress: 'mac', semver: 'version' };

function mapHelper({ parameters }: N8nNode): ImportedNode | null {
  switch (text(parameters.category, 'throwError')) {
    case 'doNothing':
      return node({ operation: 'nothing' });
    case 'throwError':
      return node({
        operation: 'fail',
        message: text(parameters.throwErrorMessage, 'Node has thrown an error'),
      });
    case 'oom':
      return {
        ...node({ operation: 'memory', megabytes: parameters.memorySizeValue ?? 10 }),
        approximated: 'Memory is used in a sandbox, which has a limit of its own.',
      };
    case 'randomData': {
      const kind = text(parameters.randomDataType, 'user');
      const isId = kind === 'nanoid';
      return {
        ...node({
          operation: 'random',
          kind: KINDS[kind] ?? kind,
          count: parameters.randomDataCount ?? 10,
          alphabet: isId ? text(parameters.nanoidAlphabet) || undefined : undefined,
          length: isId ? (parameters.nanoidLength ?? undefined) : undefined,
          options: compact({
            seed: text(parameters.randomDataSeed) || undefined,
            oneItem: parameters.randomDataSingleArray === true || undefined,
          }),
        }),
        approximated: 'Other data is invented here; some of its fields may have other names.',
      };
    }
    default:
      return null;
  }
}

const node = (parameters: Record<string, unknown>): ImportedNode => ({
  type: 'debug-helper',
  parameters: compact(parameters),
});
