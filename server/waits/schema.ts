import { z } from 'zod';

const detailSchema = z.object({ name: z.string(), value: z.string() });
const questionShape = {
  workflowName: z.string(),
  title: z.string(),
  message: z.string(),
  details: z.array(detailSchema),
  allowComment: z.boolean(),
  /** When nobody can decide any more; null: never. */
  until: z.date().nullable(),
};

/** An open question of a workspace. */
export const approvalSchema = z.object({
  id: z.string(),
  executionId: z.string(),
  workflowId: z.string(),
  ...questionShape,
  since: z.date(),
  /** The link with which anybody decides; null for those who may only look. */
  url: z.string().nullable(),
});
export type Approval = z.output<typeof approvalSchema>;

export const DECISIONS = ['approved', 'rejected'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What was decided. `by` is a member's name, null for somebody with the link. */
export const answerSchema = z.object({
  decision: z.enum(DECISIONS),
  comment: z.string(),
  by: z.string().nullable(),
  at: z.date(),
});
export type Answer = z.output<typeof answerSchema>;

/** What the holder of an approval link sees. closed: the execution has ended or went another way. */
export const approvalViewSchema = z.object({
  ...questionShape,
  state: z.enum(['open', 'decided', 'expired', 'closed']),
  answer: answerSchema.nullable(),
});
export type ApprovalView = z.output<typeof approvalViewSchema>;

export const approvalTokenSchema = z.object({ token: z.string().max(1000) });
const decisionShape = {
  decision: z.enum(DECISIONS),
  comment: z.string().trim().max(2000).default(''),
};
export const decideSchema = z.object({ id: z.string().min(1).max(1000), ...decisionShape });
export const decideByLinkSchema = approvalTokenSchema.extend(decisionShape);
export const approvalListSchema = z.object({ data: z.array(approvalSchema) });
