import type { ReferenceField } from '#server/rest/schema.ts';

const INDENT = ['', 'pl-4', 'pl-8'];

/** Fields one below the other, with what is inside them indented. */
export function FieldTable({ title, fields }: { title: string; fields: readonly ReferenceField[] }) {
  if (fields.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-xs font-semibold text-foreground-muted">{title}</h3>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {fields.map((field, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and inner fields share names
            key={index}
            className="px-3 py-1.5 text-xs"
          >
            <div className={`flex flex-wrap items-baseline gap-x-2 ${INDENT[field.level] ?? ''}`}>
              <code className="font-mono font-medium break-all">{field.name}</code>
              <span className="break-words text-foreground-muted">{field.type}</span>
              {field.place ? <span className="text-foreground-subtle">in the {field.place}</span> : null}
              {field.required ? <span className="text-foreground-subtle">required</span> : null}
              {field.note ? <span className="w-full text-foreground-subtle">{field.note}</span> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
