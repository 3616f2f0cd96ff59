import { z } from 'zod';

/** What somebody who opens a chat gets. */
export const chatSchema = z.object({
  title: z.string(),
  subtitle: z.string(),
  greeting: z.array(z.string()),
  placeholder: z.string(),
  allowFiles: z.boolean(),
});
export type Chat = z.output<typeof chatSchema>;

export const chatEndpointSchema = z.object({
  endpointId: z.string().max(100),
  /** What its page was given, where a user and a password are asked for. */
  pass: z.string().max(200).optional(),
});

const MAX_MESSAGE = 32_000;

/** A message as it is sent; `sessionId` is made by the sender and says which messages belong together. */
export const chatMessageSchema = z.object({
  sessionId: z.string().regex(/^[\w-]{8,100}$/, 'must be 8 to 100 letters, digits, - or _'),
  chatInput: z.string().max(MAX_MESSAGE, `may have ${MAX_MESSAGE} letters`),
});

/** The answer to a message. */
export const chatAnswerSchema = z.object({ output: z.string(), executionId: z.string() });
export type ChatAnswer = z.output<typeof chatAnswerSchema>;
