import type { EngineEvent, LogLine } from '#engine/events.ts';
import type { Workflow } from '#engine/workflow.ts';
import type { LogEntry } from './detail-schema.ts';

/** What happened in words, with what nodes wrote to their log in between. */
export function logLines(events: readonly EngineEvent[], { nodes }: Workflow): LogEntry[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return events.flatMap((event): LogEntry[] => {
    const of = 'node' in event && event.node !== undefined ? { nodeId: event.node } : {};
    const run = 'run' in event ? { run: event.run } : {};
    const line = (level: LogEntry['level'], message: string): LogEntry => ({
      seq: event.seq,
      at: new Date(event.at),
      level,
      message,
      ...of,
      ...run,
    });
    const name =
      'node' in event && event.node !== undefined ? `“${names.get(event.node) ?? event.node}”` : '';
    const written = 'logs' in event ? (event.logs ?? []) : [];
    return [...written.map((one: LogLine) => line(one.level, one.message)), inWords(event, name, line)];
  });
}

function inWords(
  event: EngineEvent,
  name: string,
  line: (level: LogEntry['level'], message: string) => LogEntry,
): LogEntry {
  switch (event.type) {
    case 'execution.failed':
      return line('error', `The execution failed: ${event.error.message}`);
    case 'node.started':
      return line('debug', event.attempt > 1 ? `${name} started, try ${event.attempt}.` : `${name} started.`);
    case 'node.completed':
      return line('info', `${name} completed in ${event.durationMs} ms.`);
    case 'node.failed':
      return line('error', `${name} failed: ${event.error.message}`);
    case 'node.retrying':
      return line('warn', `${name} failed and will be tried again: ${event.error.message}`);
    case 'node.waiting':
      return line('info', `${name} waits.`);
    case 'node.skipped':
      return line('debug', `${name} was skipped.`);
    default:
      return line('info', `The execution ${PAST[event.type]}.`);
  }
}

const PAST = {
  'execution.queued': 'was queued',
  'execution.started': 'started',
  'execution.waiting': 'waits',
  'execution.paused': 'was paused',
  'execution.resumed': 'was resumed',
  'execution.completed': 'completed',
  'execution.cancelled': 'was cancelled',
} as const;
