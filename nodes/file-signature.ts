/** The type of a file by its first bytes; undefined when they say nothing. */
export function typeBySignature(bytes: Uint8Array): string | undefined {
  for (const [offset, signature, mimeType] of SIGNATURES)
    if (matches(bytes, offset, signature)) return mimeType;
  if (matches(bytes, 0, 'RIFF'))
    return matches(bytes, 8, 'WEBP') ? 'image/webp' : matches(bytes, 8, 'WAVE') ? 'audio/wav' : undefined;
  if (matches(bytes, 4, 'ftyp')) return matches(bytes, 8, 'avif') ? 'image/avif' : 'video/mp4';
  return undefined;
}

const matches = (bytes: Uint8Array, offset: number, signature: string): boolean => {
  if (bytes.length < offset + signature.length) return false;
  for (let i = 0; i < signature.length; i++) if (bytes[offset + i] !== signature.charCodeAt(i)) return false;
  return true;
};

const SIGNATURES: readonly [number, string, string][] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF8', 'image/gif'],
  [0, '%PDF-', 'application/pdf'],
  [
    30,
    'mimetypeapplication/vnd.oasis.opendocument.spreadsheet',
    'application/vnd.oasis.opendocument.spreadsheet',
  ],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, 'PK\x05\x06', 'application/zip'],
  [0, '\x1f\x8b', 'application/gzip'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-cfb'],
  [0, '{\\rtf', 'application/rtf'],
  [0, 'BM', 'image/bmp'],
  [0, 'II*\x00', 'image/tiff'],
  [0, 'MM\x00*', 'image/tiff'],
  [0, 'ID3', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio/mpeg'],
  [0, 'OggS', 'audio/ogg'],
  [0, 'fLaC', 'audio/flac'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
  [0, 'BEGIN:VCALENDAR', 'text/calendar'],
];
