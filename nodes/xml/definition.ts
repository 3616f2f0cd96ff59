import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const keys = {
  attributeKey: field.text({
    label: 'Key of attributes',
    help: 'Under which the attributes of an element stand.',
    default: '$',
  }),
  textKey: field.text({
    label: 'Key of text',
    help: 'Under which the text of an element with attributes stands.',
    default: '_',
  }),
};

export const xml = defineNode({
  type: 'xml',
  version: 1,
  kind: 'data',
  name: 'XML',
  category: 'Data',
  description: 'Converts XML to JSON and back.',
  search: ['parse', 'soap', 'feed', 'convert', 'json', 'build', 'sitemap'],
  icon: 'file-code',
  color: 'orange',
  operations: {
    parse: operation({
      label: 'XML to JSON',
      summary: 'Reads the XML in a field; what it says becomes the item.',
      effect: 'pure',
      fields: {
        source: field.text({ label: 'Field with the XML', default: 'data', required: true }),
        target: field.text({
          label: 'Put it in field',
          help: 'Empty: it replaces the item.',
          placeholder: 'order',
        }),
        options: field.options({
          label: 'Options',
          fields: {
            mergeAttributes: field.boolean({
              label: 'Attributes beside the elements',
              help: 'Off: they stand under a key of their own.',
              default: true,
            }),
            ignoreAttributes: field.boolean({ label: 'Leave attributes out' }),
            alwaysLists: field.boolean({
              label: 'Always lists',
              help: 'An element that occurs once becomes a list, too.',
            }),
            keepRoot: field.boolean({ label: 'Keep the root element', default: true }),
            trim: field.boolean({ label: 'Remove white space around text' }),
            normalise: field.boolean({ label: 'Make one blank of repeated white space' }),
            lowerCaseTags: field.boolean({ label: 'Tag names in lower case' }),
            ...keys,
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { order: { id: '1042', item: ['mug', 'tea'] } } }],
    }),
    build: operation({
      label: 'JSON to XML',
      summary: 'Turns every item into XML text.',
      effect: 'pure',
      fields: {
        source: field.text({
          label: 'Field to convert',
          help: 'Empty: the whole item.',
          placeholder: 'order',
        }),
        target: field.text({ label: 'Put the XML in field', default: 'data', required: true }),
        options: field.options({
          label: 'Options',
          fields: {
            rootName: field.text({
              label: 'Name of the root element',
              help: 'An object with one field has that field as its root unless a name is given.',
              default: 'root',
            }),
            headless: field.boolean({ label: 'Without the line <?xml … ?>' }),
            compact: field.boolean({ label: 'On one line' }),
            cdata: field.boolean({
              label: 'CDATA where needed',
              help: 'Text with < or & is wrapped instead of escaped.',
            }),
            surrogates: field.boolean({ label: 'Allow all Unicode characters', help: 'Such as emoji.' }),
            ...keys,
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        { json: { data: '<?xml version="1.0" encoding="UTF-8"?>\n<order>\n  <id>1042</id>\n</order>' } },
      ],
    }),
  },
});
