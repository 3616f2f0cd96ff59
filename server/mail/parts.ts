import type { MessageStructureObject } from 'imapflow';
import { decodeWords } from 'postal-mime';

const MAX_PARTS = 200;

export interface PartOf {
  /** As IMAP numbers it. */
  part: string;
  mimeType: string;
  name?: string;
}

export interface MessageParts {
  text?: PartOf;
  html?: PartOf;
  files: PartOf[];
}

/** What a message consists of: its text, its HTML, and everything else as files. A forwarded message is one file. */
export function partsOf(structure: MessageStructureObject | undefined): MessageParts {
  const parts: MessageParts = { files: [] };
  for (const leaf of leaves(structure)) {
    const part = partOf(leaf);
    const isBody = part.name === undefined && leaf.disposition?.toLowerCase() !== 'attachment';
    if (isBody && part.mimeType === 'text/plain' && !parts.text) parts.text = part;
    else if (isBody && part.mimeType === 'text/html' && !parts.html) parts.html = part;
    else parts.files.push(part);
  }
  return parts;
}

function leaves(structure: MessageStructureObject | undefined): MessageStructureObject[] {
  const found: MessageStructureObject[] = [];
  const queue = structure ? [structure] : [];
  while (queue.length > 0 && found.length < MAX_PARTS) {
    const node = queue.shift()!;
    const isMultipart = /^multipart\//i.test(node.type);
    if (isMultipart) queue.unshift(...(node.childNodes ?? []));
    else found.push(node);
  }
  return found;
}

function partOf(node: MessageStructureObject): PartOf {
  const name = node.dispositionParameters?.filename ?? node.parameters?.name;
  return {
    part: node.part ?? '1',
    mimeType: node.type.toLowerCase(),
    ...(name ? { name: decodeWords(name) } : {}),
  };
}
