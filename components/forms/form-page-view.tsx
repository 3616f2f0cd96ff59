'use client';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { FormPage } from '#engine/events.ts';
import { readForm } from '#engine/forms.ts';
import type { Submitted } from '#server/forms/schema.ts';
import { FormFieldView } from './form-field-view.tsx';
import { FormFrame } from './form-frame.tsx';
import { sendForm } from './send-form.ts';

/** One page to fill in. It is checked here first and by the server anyway. `withQuery`: hidden fields come from the address. */
export function FormPageView({
  page,
  action,
  withQuery = false,
  onSubmitted,
}: {
  page: FormPage;
  action: string;
  withQuery?: boolean;
  onSubmitted: (submitted: Submitted) => void;
}) {
  const [issues, setIssues] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const found = check(page, data);
    setIssues(found);
    setFailure(null);
    if (Object.keys(found).length > 0) return focusFirst(form.current, page, found);
    setSending(true);
    const result = await sendForm(withQuery ? `${action}${location.search}` : action, data);
    if ('submitted' in result) return onSubmitted(result.submitted); // stays busy until the next page is there
    setSending(false);
    setIssues(result.issues);
    setFailure(result.message);
    focusFirst(form.current, page, result.issues);
  };
  return (
    <FormFrame title={page.title} description={page.description}>
      <form
        ref={form}
        noValidate
        method="post"
        encType="multipart/form-data"
        action={action}
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-5"
      >
        {failure ? <Callout tone="danger">{failure}</Callout> : null}
        {page.fields.map((field) => (
          <FormFieldView key={field.name} field={field} issue={issues[field.name]} fromQuery={withQuery} />
        ))}
        <Button type="submit" variant="primary" size="lg" pending={sending} className="sm:self-start">
          {page.submitLabel}
        </Button>
      </form>
    </FormFrame>
  );
}

function check(page: FormPage, data: FormData): Record<string, string> {
  const text: Record<string, string[]> = {};
  const files: Record<string, number> = {};
  for (const { name } of page.fields) {
    const all = data.getAll(name);
    text[name] = all.filter((value) => typeof value === 'string');
    files[name] = all.filter((value) => typeof value !== 'string' && value.name !== '').length;
  }
  return readForm(page, text, files).issues;
}

function focusFirst(form: HTMLFormElement | null, page: FormPage, issues: Record<string, string>): void {
  const first = page.fields.find(({ name }) => issues[name]);
  const control = first && form?.elements.namedItem(first.name);
  const element = control instanceof RadioNodeList ? control[0] : control;
  if (element instanceof HTMLElement) element.focus();
}
