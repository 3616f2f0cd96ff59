import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

export const rssRead = defineNode({
  type: 'rss-read',
  version: 1,
  kind: 'action',
  name: 'RSS',
  category: 'Actions',
  description: 'Reads a feed (RSS or Atom) and gives its entries.',
  search: ['feed', 'atom', 'news', 'blog', 'podcast', 'xml'],
  icon: 'rss',
  color: 'violet',
  operations: {
    default: operation({
      label: 'Read a feed',
      summary: 'Gives one item per entry of the feed, newest as the feed has them.',
      effect: 'read',
      fields: {
        url: field.text({
          label: 'Address of the feed',
          required: true,
          placeholder: 'https://example.com/feed.xml',
        }),
        options: field.options({
          label: 'Options',
          fields: {
            limit: field.number({
              label: 'At most',
              help: 'Entries per feed; empty: all.',
              min: 1,
              integer: true,
            }),
            customFields: field.text({
              label: 'Further fields',
              help: 'Names of elements that entries have besides the usual ones, comma-separated.',
              placeholder: 'media:thumbnail, author',
            }),
            once: field.boolean({
              label: 'Read only once',
              help: 'For the first item, however many come in.',
            }),
            timeoutMs: field.number({
              label: 'Timeout (ms)',
              default: 60_000,
              min: 1,
              max: 600_000,
              integer: true,
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {
            title: 'Version 2 is out',
            link: 'https://example.com/blog/v2',
            pubDate: 'Mon, 05 Jan 2026 09:00:00 GMT',
            isoDate: '2026-01-05T09:00:00.000Z',
            contentSnippet: 'What is new.',
          },
        },
      ],
    }),
  },
});
