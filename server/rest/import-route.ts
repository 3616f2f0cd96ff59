import { authorize } from '../scope.ts';
import { importWorkflow } from '../workflows/commands.ts';
import { problemResponse, readRequestBody, restContext } from './handler.ts';

/** POST /api/v1/workflows/import: the body is the file. */
export async function handleImport(request: Request): Promise<Response> {
  try {
    const scope = await restContext(request).scope();
    authorize(scope, 'workflows:write');
    const text = (await readRequestBody(request)).toString('utf8');
    return Response.json(await importWorkflow(scope, text), { status: 201 });
  } catch (thrown) {
    return problemResponse(thrown);
  }
}
