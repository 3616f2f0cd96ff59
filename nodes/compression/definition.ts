import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const files = field.text({
  label: 'Files',
  help: 'Names inside the item, comma-separated. * is all of them.',
  default: 'data',
  required: true,
  placeholder: 'data, photo',
});
const keep = field.boolean({ label: 'Keep the other files of the item' });

export const compression = defineNode({
  type: 'compression',
  version: 1,
  kind: 'data',
  name: 'Compression',
  category: 'Data',
  description: 'Packs files of an item into an archive, or unpacks them.',
  search: ['zip', 'gzip', 'unzip', 'gunzip', 'compress', 'decompress', 'archive', 'pack', 'unpack'],
  icon: 'file-archive',
  color: 'emerald',
  operations: {
    zip: operation({
      label: 'Zip',
      summary: 'Puts files of each item into one ZIP archive.',
      effect: 'read',
      fields: {
        files,
        output: field.text({
          label: 'Call the archive',
          help: 'Its name inside the item.',
          default: 'data',
          required: true,
        }),
        fileName: field.text({ label: 'File name', default: 'archive.zip', required: true }),
        options: field.options({ label: 'Options', fields: { keep } }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {},
          files: { data: { name: 'archive.zip', mimeType: 'application/zip', sizeBytes: 20_480 } },
        },
      ],
    }),
    gzip: operation({
      label: 'Gzip',
      summary: 'Packs each file by itself.',
      effect: 'read',
      fields: {
        files,
        options: field.options({
          label: 'Options',
          fields: {
            prefix: field.text({
              label: 'Call the packed files',
              help: 'A name that gets a number: packed_0, packed_1 … Empty: as before.',
              placeholder: 'packed_',
            }),
            output: field.text({
              label: 'Call the packed file',
              help: 'For a single file.',
              placeholder: 'data',
            }),
            fileName: field.text({
              label: 'File name',
              help: 'For a single file. Empty: with .gz behind it.',
            }),
            keep,
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        { json: {}, files: { data: { name: 'log.txt.gz', mimeType: 'application/gzip', sizeBytes: 4096 } } },
      ],
    }),
    unpack: operation({
      label: 'Unpack',
      summary: 'Unpacks ZIP archives and gzip files into files of the item.',
      effect: 'read',
      fields: {
        files,
        prefix: field.text({
          label: 'Call the files',
          help: 'A name that gets a number: file_0, file_1 …',
          default: 'file_',
        }),
        options: field.options({
          label: 'Options',
          fields: {
            only: field.text({
              label: 'Only files that end with',
              help: 'Comma-separated.',
              placeholder: '.csv, .json',
            }),
            split: field.boolean({ label: 'One item per file', help: 'Each file is then called data.' }),
            maxFiles: field.number({
              label: 'Files at most',
              min: 1,
              max: 10_000,
              default: 1000,
              integer: true,
            }),
            maxMegabytes: field.number({
              label: 'Unpacked at most (MB)',
              min: 1,
              max: 1024,
              default: 256,
              integer: true,
            }),
            keep,
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {},
          files: {
            file_0: { name: 'orders.csv', mimeType: 'text/csv', sizeBytes: 9120 },
            file_1: { name: 'customers.csv', mimeType: 'text/csv', sizeBytes: 2048 },
          },
        },
      ],
    }),
  },
});
