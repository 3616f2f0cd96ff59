import Link from 'next/link';
import { Logo } from '#components/layout/logo.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Reference, ReferenceEndpoint } from '#server/rest/schema.ts';
import { EndpointEntry } from './endpoint-entry.tsx';
import { NothingFound, ReferenceSearch, Searchable } from './reference-search.tsx';

const textOf = ({ method, path, summary, permission }: ReferenceEndpoint, tag: string): string =>
  [method, path, summary, permission ?? '', tag].join(' ').toLowerCase();

/** Every endpoint of the API, by what it is about. */
export function ApiReference({ reference: { url, tags } }: { reference: Reference }) {
  const textsOf = ({ name, endpoints }: Reference['tags'][number]) =>
    endpoints.map((one) => textOf(one, name));
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col px-4 pb-20 sm:px-8">
      <header className="flex items-center justify-between py-4">
        <Link href="/" aria-label="LinkFlow" className="rounded">
          <Logo />
        </Link>
        <a
          href="/api/v1/openapi.json"
          className="rounded text-ui text-foreground-muted hover:text-foreground"
        >
          OpenAPI document
        </a>
      </header>
      <main className="flex flex-col">
        <h1 className="pt-6 text-2xl font-semibold tracking-tight">API reference</h1>
        <p className="mt-2 max-w-2xl text-ui text-foreground-muted">
          All paths are below <code className="font-mono break-all">{url}</code>. Send an API key of your
          workspace as <code className="font-mono">Authorization: Bearer lf_…</code>. Lists answer with{' '}
          <code className="font-mono">data</code> and <code className="font-mono">nextCursor</code>, which is
          the <code className="font-mono">cursor</code> of the next page. With an{' '}
          <code className="font-mono">Idempotency-Key</code> a call that is sent twice happens once.
        </p>
        <ReferenceSearch>
          <nav aria-label="Parts of the API" className="flex flex-wrap gap-x-4 gap-y-1 pb-2 text-ui">
            {tags.map(({ name }) => (
              <a key={name} href={`#${anchorOf(name)}`} className="rounded text-accent-text hover:underline">
                {name}
              </a>
            ))}
          </nav>
          {tags.map((tag) => (
            <Searchable key={tag.name} texts={textsOf(tag)}>
              <section aria-labelledby={anchorOf(tag.name)} className="pt-8">
                <h2 id={anchorOf(tag.name)} className="scroll-mt-20 text-lg font-semibold">
                  {tag.name}
                </h2>
                <p className="mb-3 text-ui text-foreground-muted">{tag.description}</p>
                <Card className="divide-y divide-border">
                  {tag.endpoints.map((endpoint) => (
                    <Searchable key={endpoint.id} texts={[textOf(endpoint, tag.name)]}>
                      <EndpointEntry endpoint={endpoint} />
                    </Searchable>
                  ))}
                </Card>
              </section>
            </Searchable>
          ))}
          <NothingFound texts={tags.flatMap(textsOf)} />
        </ReferenceSearch>
      </main>
    </div>
  );
}

const anchorOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
