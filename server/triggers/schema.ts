import { z } from 'zod';

/** Calls of one address; refused ones started nothing. */
const countsSchema = z.object({
  accepted: z.number(),
  /** Delivered before: no new execution. */
  repeated: z.number(),
  refused: z.number(),
});

export const triggerStateSchema = z.object({
  nodeId: z.string(),
  type: z.enum(['webhook', 'schedule', 'form', 'chat', 'email']),
  /** What follows a colon is a parameter. */
  url: z.string().optional(),
  active: z.boolean(),
  nextRunAt: z.date().nullable(),
  /** Of the last 30 days; of webhooks, and of mailboxes: messages taken, and looks that failed. */
  calls: countsSchema
    .extend({
      /** What the last caller was told who was refused. */
      lastRefusal: z.string().nullable(),
      lastAt: z.date().nullable(),
      /** Days (UTC) with calls, oldest first. */
      days: z.array(countsSchema.extend({ day: z.string() })),
    })
    .optional(),
});
export type TriggerState = z.output<typeof triggerStateSchema>;

export const triggersSchema = z.object({ data: z.array(triggerStateSchema), nextCursor: z.null() });
export const triggersOfSchema = z.object({ id: z.uuid() });

export const listenSchema = z.object({ workflowId: z.uuid(), nodeId: z.string().min(1).max(64) });
/** An open ear. */
export const listeningSchema = z.object({
  url: z.string(),
  /** The published version answers anyway, so nothing had to be opened. */
  live: z.boolean(),
  /** When it closes by itself. */
  until: z.date(),
});
export type Listening = z.output<typeof listeningSchema>;
