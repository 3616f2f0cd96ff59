'use client';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { SearchInput } from '#components/ui/search-input.tsx';

const Wanted = createContext<readonly string[]>([]);

/** The search field above the reference; what is below it stays as the server made it and is only shown or hidden. */
export function ReferenceSearch({ children }: { children: ReactNode }) {
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (
    <Wanted value={words}>
      <div className="sticky top-0 z-10 -mx-4 bg-background/95 px-4 py-3 backdrop-blur sm:mx-0 sm:px-0">
        <SearchInput label="Search endpoints" value={text} onValueChange={setText} />
      </div>
      {children}
    </Wanted>
  );
}

/** Shown while every word that is looked for is in one of `texts`. */
export function Searchable({ texts, children }: { texts: readonly string[]; children: ReactNode }) {
  const words = useContext(Wanted);
  const isFound = texts.some((text) => words.every((word) => text.includes(word)));
  return <div hidden={!isFound}>{children}</div>;
}

/** Shown when nothing else is. */
export function NothingFound({ texts }: { texts: readonly string[] }) {
  const words = useContext(Wanted);
  if (texts.some((text) => words.every((word) => text.includes(word)))) return null;
  return (
    <p role="status" className="py-12 text-center text-ui text-foreground-muted">
      No endpoint has these words.
    </p>
  );
}
