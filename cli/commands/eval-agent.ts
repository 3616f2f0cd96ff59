import type { JsonObject } from '#engine/item.ts';
import type { WireNode, WireWorkflow } from './eval-scope.ts';

const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** `$agentInfo` of an agent node: the tools of the workflow, and which of them hang on this agent. Others have none. */
export function agentInfo(workflow: WireWorkflow | undefined, name: string): JsonObject | undefined {
  const nodes = workflow?.nodes ?? [];
  if (!workflow || nodes.find((node) => node.name === name)?.type !== AGENT) return undefined;
  const targets = (node: WireNode, kind: string): string[] =>
    (workflow.connections?.[node.name]?.[kind] ?? []).flatMap((list) => (list ?? []).map((to) => to.node));
  const connected = nodes.filter((node) => targets(node, 'ai_tool').includes(name));
  const loose = nodes.filter((node) => isTool(node) && targets(node, 'ai_tool').length === 0);
  return {
    memoryConnectedToAgent: nodes.some((node) => targets(node, 'ai_memory').includes(name)),
    tools: [
      ...connected.map((node) => ({ connected: true, ...toolInfo(node) })),
      ...loose.map((node) => ({ connected: false, ...toolInfo(node) })),
    ],
  };
}

const isTool = ({ type = '' }: WireNode): boolean => /tool/i.test(type.slice(type.lastIndexOf('.') + 1));

function toolInfo({ name, type = '', parameters = {}, credentials = {} }: WireNode): JsonObject {
  const { resource = null, operation = null, calendar } = parameters;
  return {
    name,
    type: words(type.slice(type.lastIndexOf('.') + 1).replace(/^tool(?=[A-Z])|Tool$/g, '')),
    resource,
    operation,
    hasCredentials: Object.keys(credentials).length > 0,
    ...(type.includes('googleCalendar') ? { hasValidCalendar: isChosen(calendar) } : {}),
    // what the model fills in
    aiDefinedFields: Object.entries(parameters).flatMap(([key, value]) =>
      typeof value === 'string' && /\$fromAI\(/i.test(value) ? [words(key)] : [],
    ),
  };
}

const isChosen = (locator: unknown): boolean =>
  typeof locator === 'object' && locator !== null && 'value' in locator && locator.value !== '';

/** `googleCalendar` as people see it: Google Calendar. */
const words = (name: string): string =>
  (name.charAt(0).toUpperCase() + name.slice(1)).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
