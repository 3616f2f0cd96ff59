/** Endpoints whose body or answer is not JSON, as OpenAPI operations; their handlers are files under app/api/v1. */
export const RAW_ROUTES: Record<string, Record<string, unknown>> = {
  '/workflows/import': {
    post: {
      operationId: 'workflows_import',
      summary: 'Create a workflow from a file: LinkFlow JSON or YAML, or n8n JSON',
      tags: ['Workflows'],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: {} },
          'application/yaml': { schema: { type: 'string' } },
          'text/plain': { schema: { type: 'string' } },
        },
      },
      responses: { 201: { description: 'The workflow, and what became of every node' } },
    },
  },
  '/executions/{id}/outputs/{name}': {
    get: {
      operationId: 'executions_output',
      summary: 'All items of an output that is too large for the execution’s own answer',
      tags: ['Executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description: 'A list of items',
          content: { 'application/json': { schema: { type: 'array', items: { type: 'object' } } } },
        },
      },
    },
  },
  '/executions/{id}/files/{name}': {
    get: {
      operationId: 'executions_file',
      summary: 'A file of an item: its id is files/<workspace>/<execution>/<name>',
      tags: ['Executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'as', in: 'query', required: false, schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description: 'The content',
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
      },
    },
  },
  '/files/content': {
    get: {
      operationId: 'files_download',
      summary: 'A file of the workspace',
      tags: ['Files'],
      parameters: [{ name: 'path', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        200: {
          description: 'The content',
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
      },
    },
    put: {
      operationId: 'files_upload',
      summary: 'Write a file of the workspace; what was there is replaced',
      tags: ['Files'],
      parameters: [{ name: 'path', in: 'query', required: true, schema: { type: 'string' } }],
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: { 200: { description: 'The file as it is now' } },
    },
  },
  '/executions/{id}/events': {
    get: {
      operationId: 'executions_events',
      summary: 'Server-sent events of an execution; resumes after Last-Event-ID',
      tags: ['Executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description: 'Events until the execution has ended',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
      },
    },
  },
};
