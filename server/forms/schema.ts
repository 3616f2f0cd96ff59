import { z } from 'zod';
import { FORM_FIELD_KINDS } from '#engine/events.ts';

export const formPageSchema = z.object({
  title: z.string(),
  description: z.string(),
  submitLabel: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      kind: z.enum(FORM_FIELD_KINDS),
      required: z.boolean(),
      help: z.string(),
      placeholder: z.string(),
      value: z.string(),
      options: z.array(z.string()),
      multiple: z.boolean(),
      accept: z.string(),
    }),
  ),
});
export const formEndingSchema = z.object({
  title: z.string(),
  message: z.string(),
  redirectUrl: z.string().optional(),
});

/** What somebody who opens a form gets. */
export const formSchema = z.object({ page: formPageSchema });
export const endpointSchema = z.object({
  endpointId: z.string().max(100),
  /** What its page was given, where a user and a password are asked for. */
  pass: z.string().max(200).optional(),
});
export const runTokenSchema = z.object({ token: z.string().max(1000) });

/** What somebody who has filled in a form sees next. `pageId` goes with what is filled in there. */
export const formStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('page'), pageId: z.string(), page: formPageSchema }),
  z.object({ state: z.literal('ended'), ending: formEndingSchema }),
  z.object({ state: z.literal('failed') }),
]);
export type FormState = z.output<typeof formStateSchema>;

/** The answer to what was sent. */
export const submittedSchema = z.object({
  /** Where it goes on; absent: it has ended. */
  next: z.string().optional(),
  ending: formEndingSchema.optional(),
});
export type Submitted = z.output<typeof submittedSchema>;
