import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const attributes = (label: string, placeholder: string) =>
  field.text({ label, help: 'As in HTML.', placeholder });

export const html = defineNode({
  type: 'html',
  version: 1,
  kind: 'data',
  name: 'HTML',
  category: 'Data',
  description: 'Reads values out of web pages, fills HTML templates and turns items into a table.',
  search: ['scrape', 'extract', 'css', 'selector', 'parse', 'web page', 'template', 'table', 'email body'],
  icon: 'code-xml',
  color: 'orange',
  operations: {
    extract: operation({
      label: 'Extract values',
      summary: 'Finds elements by CSS selectors and gives their text, HTML, attributes or values.',
      effect: 'pure',
      fields: {
        from: field.select({
          label: 'Read from',
          options: [
            { value: 'field', label: 'A field' },
            { value: 'file', label: 'A file' },
          ],
          default: 'field',
          template: false,
        }),
        file: field.text({
          label: 'File of the item',
          default: 'data',
          required: true,
          showIf: { from: ['file'] },
        }),
        source: field.text({
          label: 'Field with the HTML',
          showIf: { from: ['field'] },
          help: 'A list of texts gives one item per text.',
          default: 'data',
          required: true,
        }),
        values: field.list({
          label: 'Values',
          addLabel: 'Add value',
          required: true,
          fields: {
            key: field.text({ label: 'Name', required: true, placeholder: 'price' }),
            selector: field.text({ label: 'CSS selector', required: true, placeholder: '.price' }),
            take: field.select({
              label: 'Take',
              options: [
                { value: 'text', label: 'Text' },
                { value: 'html', label: 'HTML' },
                { value: 'attribute', label: 'Attribute' },
                { value: 'value', label: 'Value', help: 'Of an input, a text area or a select.' },
              ],
              default: 'text',
            }),
            attribute: field.text({
              label: 'Attribute',
              placeholder: 'href',
              required: true,
              showIf: { take: ['attribute'] },
            }),
            skip: field.text({
              label: 'Leave out',
              help: 'Elements inside it that do not count: selectors, comma-separated.',
              placeholder: 'nav, .advert',
              showIf: { take: ['text'] },
            }),
            all: field.boolean({
              label: 'List of all matches',
              help: 'Otherwise one value. A value without a match is left out.',
            }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            textStyle: field.select({
              label: 'Text',
              options: [
                {
                  value: 'lines',
                  label: 'Readable',
                  help: 'Paragraphs, list items and rows on their own lines.',
                },
                {
                  value: 'marked',
                  label: 'Readable, with addresses',
                  help: 'Also shows where links and images lead, and headings in capitals.',
                },
                {
                  value: 'raw',
                  label: 'As it stands',
                  help: 'All text one after the other, white space kept.',
                },
              ],
              default: 'lines',
            }),
            trim: field.boolean({ label: 'Remove white space around values', default: true }),
            cleanUp: field.boolean({
              label: 'Put values on one line',
              help: 'Line breaks and repeated blanks become one blank.',
            }),
            keepFields: field.boolean({ label: 'Keep the other fields of the item' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { title: 'Blue mug', price: '12.50 €' } }],
    }),
    template: operation({
      label: 'Fill a template',
      summary: 'Gives HTML made from a template, one per item.',
      effect: 'pure',
      fields: {
        html: field.text({
          label: 'HTML',
          multiline: true,
          required: true,
          placeholder: '<h1>Hello {{ $json.name }}</h1>',
        }),
        target: field.text({ label: 'Put it in field', default: 'html', required: true }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { html: '<h1>Hello Ada</h1>' } }],
    }),
    table: operation({
      label: 'Make a table',
      summary: 'Turns all items into one HTML table, one row per item.',
      effect: 'pure',
      fields: {
        target: field.text({ label: 'Put it in field', default: 'table', required: true }),
        options: field.options({
          label: 'Options',
          fields: {
            caption: field.text({ label: 'Caption', placeholder: 'Orders of the week' }),
            capitalise: field.boolean({
              label: 'Tidy column names',
              help: 'first_name becomes First Name.',
            }),
            plain: field.boolean({ label: 'Without styles', help: 'Leaves out the built-in styles.' }),
            escape: field.boolean({
              label: 'Show values as text',
              help: 'Off: HTML in values counts as HTML.',
              default: true,
            }),
            tableAttributes: attributes('Attributes of the table', 'class="orders"'),
            headerAttributes: attributes('Attributes of header cells', 'align="left"'),
            rowAttributes: attributes('Attributes of rows', 'class="row"'),
            cellAttributes: attributes('Attributes of cells', 'align="left"'),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { table: '<table>…</table>' } }],
    }),
  },
});
