import { authorize } from '../scope.ts';
import { importWorkflow } from '../workflows/commands.ts';
import { answerCounted } from './counted.ts';
import { readRequestBody, restContext } from './handler.ts';

/** POST /api/v1/workflows/import: the body is the file. */
export const handleImport = (request: Request): Promise<Response> =>
  answerCounted(restContext(request), 'uploads', async (scope) => {
    authorize(scope, 'workflows:write');
    const text = (await readRequestBody(request)).toString('utf8');
    return Response.json(await importWorkflow(scope, text), { status: 201 });
  });
