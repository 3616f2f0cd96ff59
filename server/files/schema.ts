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

export const listFilesSchema = z.object({
  /** Part of the path, in whatever case. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListFiles = z.output<typeof listFilesSchema>;
export const filePageSchema = z.object({
  data: z.array(workspaceFileSchema),
  nextCursor: z.string().nullable(),
});
export const fileUsageSchema = z.object({
  files: z.number().int(),
  usedBytes: z.number(),
  maxBytes: z.number(),
});
export const byPathSchema = z.object({ path: workspacePathSchema });
