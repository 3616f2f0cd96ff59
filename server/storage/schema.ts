import { z } from 'zod';

/** What the API says about a port of which it shows only the first items. */
export const storedOutputSchema = z.object({
  /** How many there are. */
  items: z.number(),
  /** Size of their JSON. */
  bytes: z.number(),
  /** Where all of them are; null where they came by several ways. */
  url: z.string().nullable(),
  /** Long texts and lists in the shown items are cut short. */
  shortened: z.boolean(),
});
export type StoredOutput = z.output<typeof storedOutputSchema>;
