import type { FileRef } from './item.ts';

/** A file as people see it, and under the names that n8n gives its parts. */
export interface FileView {
  mimeType: string;
  /** Its broad kind: `image`, `audio`, `video`, `pdf`, `json`, `html` or `text`. */
  fileType?: string;
  /** Without the dot. */
  fileExtension?: string;
  fileName?: string;
  /** For people: `3.07 kB`. */
  fileSize: string;
  bytes: number;
  id?: string;
  /** Base64; absent where the content is in the storage. */
  data?: string;
}

/** Everything that is known of a file without opening it. */
export function viewFile(file: FileRef): FileView {
  return {
    mimeType: file.mimeType,
    fileType: fileTypeOf(file.mimeType),
    fileExtension: extensionOf(file),
    fileName: file.name,
    fileSize: sizeText(file.sizeBytes),
    bytes: file.sizeBytes,
    id: file.id,
    data: file.data,
  };
}

/** What the name ends with; without a name what files of this type end with mostly. */
export function extensionOf({ name, mimeType }: Pick<FileRef, 'name' | 'mimeType'>): string | undefined {
  const dot = name?.lastIndexOf('.') ?? -1;
  if (name !== undefined && dot > 0 && dot < name.length - 1) return name.slice(dot + 1);
  return EXTENSIONS[bareType(mimeType)];
}

export function fileTypeOf(mimeType: string): string | undefined {
  const type = bareType(mimeType);
  if (type === 'application/json') return 'json';
  if (type === 'text/html') return 'html';
  if (type === 'application/pdf') return 'pdf';
  const group = type.split('/', 1)[0]!;
  if (group === 'image' || group === 'audio' || group === 'video') return group;
  return group === 'text' || type === 'application/javascript' ? 'text' : undefined;
}

/** Three digits and a unit: `17.8 kB`. */
export function sizeText(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 1000) return `${Math.max(0, bytes) || 0} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

const bareType = (mimeType: string): string => String(mimeType).split(';', 1)[0]!.trim().toLowerCase();

/** The types that workflows handle mostly; the long list of all of them has no place in a browser. */
const EXTENSIONS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'application/gzip': 'gz',
  'application/javascript': 'js',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/octet-stream': 'bin',
  'application/pdf': 'pdf',
  'application/rtf': 'rtf',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/xml': 'xml',
  'application/yaml': 'yaml',
  'application/zip': 'zip',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/webm': 'weba',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/javascript': 'js',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'text/rtf': 'rtf',
  'text/xml': 'xml',
  'text/yaml': 'yaml',
  'video/mp4': 'mp4',
  'video/mpeg': 'mpeg',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
});
