import { z } from 'zod';

/** What a path may look like: names of folders and a file, nothing that leads elsewhere. */
export const workspacePathSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^(?!\/)[^\p{Cc}\\]+$/u, 'must be a relative path such as reports/may.csv')
  .refine((path) => path.split('/').every((name) => name !== '' && name !== '.' && name !== '..'), {
    error: 'must not have empty names, “.” or “..” in it',
  });

export const workspaceFileSchema = z.object({
  path: z.string(),
  mimeType: z.string(),
  sizeBytes: z.number().int(),
  updatedAt: z.date(),
});
export type WorkspaceFileSummary = z.output<typeof workspaceFileSchema>;
