import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const target = field.text({ label: 'Put it in field', default: 'data', required: true });

export const markdown = defineNode({
  type: 'markdown',
  version: 1,
  kind: 'data',
  name: 'Markdown',
  category: 'Data',
  description: 'Converts Markdown to HTML and HTML to Markdown.',
  search: ['md', 'html', 'convert', 'format', 'text', 'rich text', 'email body'],
  icon: 'file-text',
  color: 'orange',
  operations: {
    toHtml: operation({
      label: 'Markdown to HTML',
      summary: 'Turns Markdown into HTML, for mails and web pages.',
      effect: 'pure',
      fields: {
        markdown: field.text({ label: 'Markdown', multiline: true, placeholder: '{{ $json.text }}' }),
        target,
        options: field.options({
          label: 'Options',
          fields: {
            tables: field.boolean({ label: 'Tables', default: true }),
            strikethrough: field.boolean({ label: '~~Struck out~~', default: true }),
            taskLists: field.boolean({ label: 'Task lists', default: true }),
            autoLinks: field.boolean({ label: 'Bare addresses become links', default: true }),
            codeFences: field.boolean({ label: 'Code between ```', default: true }),
            lineBreaks: field.boolean({ label: 'Every line break counts' }),
            newWindow: field.boolean({ label: 'Links open a new window' }),
            completeDocument: field.boolean({ label: 'A whole HTML document' }),
            emoji: field.boolean({ label: 'Emoji by name', help: ':smile: becomes 😄.' }),
            underline: field.boolean({ label: '__Underlined__' }),
            headingIds: field.boolean({ label: 'Headings have ids', default: true }),
            githubIds: field.boolean({ label: 'Ids as on GitHub', help: 'Blanks become dashes.' }),
            ownIds: field.boolean({ label: 'Own ids', help: '## Title {my-id}' }),
            idPrefix: field.text({ label: 'Prefix of ids', placeholder: 'section' }),
            headingLevel: field.number({
              label: 'Level of the first heading',
              default: 1,
              min: 1,
              max: 6,
              integer: true,
            }),
            headingSpace: field.boolean({ label: 'A heading needs a blank after #' }),
            imageSizes: field.boolean({ label: 'Sizes of images', help: '![Cat](cat.png =100x80)' }),
            plainUnderscores: field.boolean({ label: 'Underscores inside words are text' }),
            plainAsterisks: field.boolean({ label: 'Asterisks inside words are text' }),
            shortIndents: field.boolean({ label: 'Two blanks indent a list' }),
            fixIndents: field.boolean({ label: 'Ignore indents of the whole text' }),
            separateQuotes: field.boolean({ label: 'Quotes beside each other stay apart' }),
            mentions: field.boolean({ label: '@names become links' }),
            mentionsLink: field.text({
              label: 'Address of @names',
              help: '{u} stands for the name.',
              default: 'https://github.com/{u}',
            }),
            hideEmails: field.boolean({
              label: 'Disguise e-mail addresses',
              help: 'From simple address collectors.',
              default: true,
            }),
            trimUrls: field.boolean({ label: 'Punctuation after an address is not part of it' }),
            escapeTags: field.boolean({ label: 'A backslash escapes HTML tags' }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { data: '<h1 id="hello">Hello</h1>\n<p>World</p>' } }],
    }),
    toMarkdown: operation({
      label: 'HTML to Markdown',
      summary: 'Turns HTML into Markdown, which people and language models read more easily.',
      effect: 'pure',
      fields: {
        html: field.text({ label: 'HTML', multiline: true, placeholder: '{{ $json.data }}' }),
        target,
        options: field.options({
          label: 'Options',
          fields: {
            ignore: field.text({
              label: 'Leave out',
              help: 'Tag names, comma-separated.',
              placeholder: 'img, nav, footer',
            }),
            blocks: field.text({
              label: 'Tags on lines of their own',
              help: 'Comma-separated, besides those that are anyway.',
            }),
            bullet: field.text({ label: 'Bullet', default: '*', placeholder: '-' }),
            strong: field.text({ label: 'Around bold text', default: '**' }),
            emphasis: field.text({ label: 'Around italic text', default: '_' }),
            codeStyle: field.select({
              label: 'Code blocks',
              options: [
                { value: 'fenced', label: 'Between fences' },
                { value: 'indented', label: 'Indented' },
              ],
              default: 'fenced',
            }),
            fence: field.text({ label: 'Code fence', default: '```' }),
            maxLineBreaks: field.number({
              label: 'Line breaks in a row',
              default: 3,
              min: 1,
              max: 20,
              integer: true,
            }),
            linksAtEnd: field.boolean({ label: 'Addresses of links at the end' }),
            bareLinks: field.boolean({
              label: 'Short form of links',
              help: 'A link whose text is its address becomes <address>.',
              default: true,
            }),
            dataImages: field.boolean({ label: 'Keep images that are part of the page' }),
            replacements: field.list({
              label: 'Replace text',
              addLabel: 'Add replacement',
              fields: {
                find: field.text({ label: 'Find', required: true }),
                replaceWith: field.text({ label: 'Replace with' }),
              },
            }),
            escapePattern: field.text({
              label: 'Characters to escape',
              help: 'Instead of those that mean something in Markdown.',
            }),
            escapeWith: field.text({ label: 'Escape them with' }),
            lineStartPattern: field.text({ label: 'Starts of lines to escape' }),
            lineStartWith: field.text({ label: 'Escape starts of lines with' }),
            patterns: field.select({
              label: 'What to find is',
              options: [
                { value: 'text', label: 'Text' },
                { value: 'first', label: 'Text, first occurrence in each piece' },
                { value: 'regex', label: 'A regular expression' },
              ],
              default: 'text',
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { data: '# Hello\n\nWorld' } }],
    }),
  },
});
