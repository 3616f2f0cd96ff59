'use client';

import { useMemo } from 'react';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import type { EditorBackend } from './backend.ts';

/** The editor's door to the server, over tRPC. */
export function useBackend(id: string): EditorBackend {
  const client = useTRPCClient();
  return useMemo(
    (): EditorBackend => ({
      get: () => client.workflows.get.query({ id }),
      saveDraft: (draft, revision) => client.workflows.saveDraft.mutate({ id, draft, revision }),
      activate: (message = '') => client.workflows.activate.mutate({ id, message }),
      deactivate: () => client.workflows.deactivate.mutate({ id }),
      start: ({ triggerNodeId, input }) =>
        client.executions.start.mutate({ id, version: 'draft', triggerNodeId, input }),
      cancel: async (executionId) => {
        await client.executions.cancel.mutate({ id: executionId });
      },
      pause: async (executionId) => {
        await client.executions.pause.mutate({ id: executionId });
      },
      resume: async (executionId) => {
        await client.executions.resume.mutate({ id: executionId });
      },
      retry: (executionId, how) => client.executions.retry.mutate({ id: executionId, ...how }),
      exportText: (format) => client.workflows.export.query({ id, format }),
      duplicate: () => client.workflows.duplicate.mutate({ id }),
      remove: async () => {
        await client.workflows.delete.mutate({ id });
      },
      listWorkflows: async () => {
        const page = await client.workflows.list.query({ limit: 100 });
        return page.data.map(({ id: workflowId, name }) => ({ id: workflowId, name }));
      },
      listTables: async () => {
        const page = await client.tables.list.query();
        return page.data.map(({ id: tableId, name }) => ({ id: tableId, name }));
      },
      listTriggers: async () => (await client.triggers.list.query({ id })).data,
      listen: (nodeId, { onOpen, onEnd }) =>
        client.triggers.listen.subscribe(
          { workflowId: id, nodeId },
          { onData: onOpen, onComplete: () => onEnd(null), onError: (error) => onEnd(errorMessage(error)) },
        ).unsubscribe,
      events: (executionId, onEvent) =>
        client.executions.events.subscribe({ executionId }, { onData: (message) => onEvent(message.data) })
          .unsubscribe,
      watch: (onNotice) =>
        client.executions.watch.subscribe({ workflowId: id }, { onData: onNotice }).unsubscribe,
    }),
    [client, id],
  );
}
