/** The API as its reference page shows it, made from the OpenAPI document (reference.ts). */
export interface Reference {
  /** Where it answers. */
  url: string;
  tags: { name: string; description: string; endpoints: ReferenceEndpoint[] }[];
}

export interface ReferenceEndpoint {
  /** For links: `workflows_get`. */
  id: string;
  method: string;
  path: string;
  summary: string;
  /** What a key must be allowed to do; null: any key, or none. */
  permission: string | null;
  needsKey: boolean;
  parameters: ReferenceField[];
  body: ReferenceField[];
  answer: { status: string; fields: ReferenceField[]; example: string | null };
  /** Status codes of its refusals. */
  refusals: string[];
  curl: string;
}

/** One line of a schema; what is inside a field stands below it, one level deeper. */
export interface ReferenceField {
  name: string;
  level: number;
  /** In words: `text`, `list of Node`, `"a" or "b"`. */
  type: string;
  required: boolean;
  /** `path`, `query` or `header` for parameters. */
  place?: string;
  note?: string;
}
