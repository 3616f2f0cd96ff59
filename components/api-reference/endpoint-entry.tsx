import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { ReferenceEndpoint } from '#server/rest/schema.ts';
import { CodeSample } from './code-sample.tsx';
import { FieldTable } from './field-table.tsx';

const TONES: Record<string, BadgeTone> = {
  GET: 'accent',
  POST: 'success',
  PUT: 'warning',
  PATCH: 'warning',
  DELETE: 'danger',
};

/** One endpoint: a line that opens. It is a `details`, so it works by keyboard, by link and by the browser's own search. */
export function EndpointEntry({ endpoint }: { endpoint: ReferenceEndpoint }) {
  const { id, method, path, summary, permission, needsKey, parameters, body, answer, refusals, curl } =
    endpoint;
  return (
    <details id={id} className="group">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-muted focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent">
        <Badge tone={TONES[method] ?? 'neutral'} className="w-16 justify-center font-mono">
          {method}
        </Badge>
        <code className="min-w-0 font-mono text-xs break-all">{path}</code>
        <span className="w-full text-ui text-foreground-muted lg:ml-auto lg:w-auto lg:text-right">
          {summary}
        </span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-5">
        <p className="text-xs text-foreground-muted">
          {permission ? (
            <>
              The key needs the scope <code className="font-mono">{permission}</code>.
            </>
          ) : needsKey ? (
            'Any valid key will do.'
          ) : (
            'No key is needed.'
          )}{' '}
          It may be refused with {refusals.join(', ')}.
        </p>
        <div className="grid gap-4 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <FieldTable title="Parameters" fields={parameters} />
            <FieldTable title="Body" fields={body} />
            <FieldTable title={`Answer ${answer.status}`} fields={answer.fields} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <CodeSample title="Call" text={curl} />
            {answer.example === null ? null : <CodeSample title="Example answer" text={answer.example} />}
          </div>
        </div>
      </div>
    </details>
  );
}
