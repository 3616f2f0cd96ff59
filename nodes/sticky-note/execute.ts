import { implement } from '../implement.ts';
import { stickyNote } from './definition.ts';

/** It has no ports, so the engine never comes here; a run of this node alone gives nothing. */
export const stickyNoteNode = implement(stickyNote, { default: () => ({ outputs: {} }) });
