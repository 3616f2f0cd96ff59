import { z } from 'zod';

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.date(),
  /** `noun.verb`: workflow.publish */
  action: z.string(),
  subjectId: z.string().nullable(),
  /** null: the system, or somebody who has left. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export const auditPageSchema = z.object({
  data: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
});
export const listAuditSchema = z.object({
  /** The noun: `workflow`, `member`, `api-key` … */
  subject: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListAudit = z.output<typeof listAuditSchema>;
export type AuditEntry = z.output<typeof auditEntrySchema>;
