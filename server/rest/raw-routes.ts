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
          'application/json': { schema: {}, example: { name: 'Orders', nodes: [], connections: {} } },
          'application/yaml': { schema: { type: 'string' }, example: 'format: linkflow/1\nname: Orders\n' },
          'text/plain': { schema: { type: 'string' } },
        },
      },
      'x-permission': 'workflows:write',
      responses: {
        201: {
          description: 'The workflow, and what became of every node',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  workflow: { $ref: '#/components/schemas/Workflow' },
                  report: { type: 'object' },
                },
                required: ['workflow', 'report'],
              },
            },
          },
        },
      },
    },
  },
  '/executions/export': {
    get: {
      operationId: 'executions_export',
      summary:
        'All executions with their data, newest first, one JSON object a line; with gzip where it is accepted',
      'x-permission': 'executions:read',
      tags: ['Executions'],
      parameters: [
        { name: 'from', in: 'query', required: false, schema: { type: 'string', format: 'date-time' } },
        { name: 'to', in: 'query', required: false, schema: { type: 'string', format: 'date-time' } },
        { name: 'workflowId', in: 'query', required: false, schema: { type: 'string', format: 'uuid' } },
      ],
      responses: {
        200: {
          description:
            'Each line as GET /executions/{id} answers; outputs that are kept apart have their first items and an address',
          content: {
            'application/x-ndjson': {
              schema: { type: 'string' },
              example: '{"id":"0198c6a0-0000-7000-8000-000000000000","status":"completed","nodes":{}}\n',
            },
          },
        },
      },
    },
  },
  '/executions/{id}/outputs/{name}': {
    get: {
      operationId: 'executions_output',
      summary: 'All items of an output that is too large for the execution’s own answer',
      'x-permission': 'executions:read',
      tags: ['Executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description: 'A list of items',
          content: {
            'application/json': {
              schema: { type: 'array', items: { type: 'object' } },
              example: [{ json: { orderId: 1042 } }],
            },
          },
        },
      },
    },
  },
  '/executions/{id}/files/{name}': {
    get: {
      operationId: 'executions_file',
      summary: 'A file of an item: its id is files/<workspace>/<execution>/<name>',
      'x-permission': 'executions:read',
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
      'x-permission': 'files:read',
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
      'x-permission': 'files:write',
      tags: ['Files'],
      parameters: [{ name: 'path', in: 'query', required: true, schema: { type: 'string' } }],
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: {
        200: {
          description: 'The file as it is now',
          content: {
            'application/json': {
              schema: { type: 'object' },
              example: { path: 'reports/january.csv', mimeType: 'text/csv', sizeBytes: 2048 },
            },
          },
        },
      },
    },
  },
  '/executions/{id}/events': {
    get: {
      operationId: 'executions_events',
      summary: 'Server-sent events of an execution; resumes after Last-Event-ID',
      'x-permission': 'executions:read',
      tags: ['Executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } },
      ],
      responses: {
        200: {
          description: 'Events until the execution has ended',
          content: {
            'text/event-stream': {
              schema: { type: 'string' },
              example:
                'id: 2\nevent: node.started\ndata: {"seq":2,"type":"node.started","node":"start","run":0}\n\n',
            },
          },
        },
      },
    },
  },
};
