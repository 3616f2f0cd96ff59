import type { InputOf } from '#nodes/fields.ts';
import { inputSchema } from '#nodes/input-schema.ts';
import { webhookTrigger } from '#nodes/webhook-trigger/definition.ts';
import { db } from '../db.ts';
import { liveHub } from '../live/hub.ts';

const fields = webhookTrigger.operations.default.fields;
const schema = inputSchema(fields);

export interface Endpoint {
  workspaceId: string;
  workflowId: string;
  versionId: string;
  nodeId: string;
  active: boolean;
  config: InputOf<typeof fields>;
}

/**
 * Live webhook endpoints by id, remembered until a publish or pause anywhere says otherwise (NOTIFY) or a minute has
 * passed. Unknown ids are remembered too, so that guessing costs the database nothing. Bounded; the oldest leave first.
 */
class EndpointCache {
  private readonly known = new Map<string, { endpoint: Endpoint | null; until: number }>();
  private generation = 0;

  constructor() {
    const forget = () => {
      this.known.clear();
      this.generation++;
    };
    liveHub().events.on('triggers', forget).on('resync', forget);
  }

  async find(endpointId: string): Promise<Endpoint | null> {
    const hit = this.known.get(endpointId);
    if (hit && hit.until > Date.now()) return hit.endpoint;
    const { generation } = this;
    const endpoint = await load(endpointId);
    if (generation === this.generation) {
      // else it changed while we read
      if (this.known.size >= MAX_KNOWN) this.known.delete(this.known.keys().next().value as string);
      this.known.set(endpointId, { endpoint, until: Date.now() + (endpoint ? 60_000 : 5_000) });
    }
    return endpoint;
  }
}
const MAX_KNOWN = 10_000;

async function load(endpointId: string): Promise<Endpoint | null> {
  const row = await db().trigger.findUnique({
    where: { endpointId },
    select: {
      workspaceId: true,
      workflowId: true,
      versionId: true,
      nodeId: true,
      active: true,
      config: true,
    },
  });
  return row ? { ...row, config: schema.parse(row.config) } : null;
}

let cache: EndpointCache | undefined;
export const findEndpoint = (endpointId: string): Promise<Endpoint | null> =>
  (cache ??= new EndpointCache()).find(endpointId);
