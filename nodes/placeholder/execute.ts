import { NodeError } from '#engine/errors.ts';
import { implement } from '../implement.ts';
import { placeholder } from './definition.ts';

export const placeholderNode = implement(placeholder, {
  default: ({ node, input }) => {
    const { originalType } = input(0);
    throw new NodeError(
      'config',
      `“${node.name}” is an imported node that cannot run here${originalType ? `: ${originalType}` : ''}.`,
      {
        detail: 'Replace it with a node from the palette, or pin data to it to try the rest of the workflow.',
      },
    );
  },
});
