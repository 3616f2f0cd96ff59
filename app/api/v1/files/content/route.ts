import { handleWorkspaceFile } from '#server/rest/workspace-file.ts';

export const GET = handleWorkspaceFile;
export const PUT = handleWorkspaceFile;
