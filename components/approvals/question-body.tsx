import type { Question } from '#engine/events.ts';

/** What the person who decides should know. Templates made these texts from data of anybody: they are never markup. */
export function QuestionBody({ message, details }: Pick<Question, 'message' | 'details'>) {
  if (message === '' && details.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      {message === '' ? null : <p className="text-sm wrap-anywhere whitespace-pre-wrap">{message}</p>}
      {details.length === 0 ? null : (
        <dl className="grid grid-cols-1 gap-x-4 gap-y-1.5 rounded-lg bg-muted px-3 py-2.5 text-ui sm:grid-cols-[minmax(0,max-content)_minmax(0,1fr)]">
          {details.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
            <div key={index} className="contents">
              <dt className="text-foreground-muted wrap-anywhere sm:max-w-48">{name}</dt>
              <dd className="font-medium wrap-anywhere whitespace-pre-wrap max-sm:mb-1.5">{value || '–'}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
