import type { NodeErrorData } from './errors.ts';
import type { Outputs } from './item.ts';

/** Where a delivery came from: one output port of one run of a node. */
export interface Delivery {
  node: string;
  run: number;
  port: string;
}

/** Sources of every input port of a node run. Items are never copied into the event: they are found there. */
export type InputSources = Record<string, Delivery[]>;

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}

/** What a `respond` node answers to a waiting webhook caller. */
export interface WebhookResponse {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /**
   * json: body is JSON · text: body is a string · none: no body · file: body is a FileRef · form: body is a FormEnding, for
   * whoever filled one in
   */
  kind: 'json' | 'text' | 'none' | 'file' | 'form';
}

/** What a person who decides is shown. All of it is plain text. */
export interface Question {
  title: string;
  message: string;
  details: { name: string; value: string }[];
  /** Whether the decision may come with words. */
  allowComment: boolean;
}

export const FORM_FIELD_KINDS = [
  'text',
  'textarea',
  'email',
  'number',
  'password',
  'date',
  'select',
  'multi-select',
  'radio',
  'checkbox',
  'file',
  'hidden',
  'note',
] as const;
export interface FormField {
  /** Under which the answer is found. */
  name: string;
  label: string;
  kind: (typeof FORM_FIELD_KINDS)[number];
  required: boolean;
  help: string;
  placeholder: string;
  /** What it begins with; the text of a note. */
  value: string;
  options: string[];
  /** Files: whether there may be several, and which types a browser offers. */
  multiple: boolean;
  accept: string;
}
/** A page that somebody fills in. All of it is plain text. */
export interface FormPage {
  title: string;
  description: string;
  submitLabel: string;
  fields: FormField[];
}
/** What is shown when nothing is left to fill in. */
export interface FormEnding {
  title: string;
  message: string;
  /** The browser goes there instead; http and https only. */
  redirectUrl?: string;
}

export interface NodeRunRef {
  node: string;
  run: number;
}

export type EventBody =
  | { type: 'execution.queued' }
  | { type: 'execution.started' }
  | { type: 'execution.waiting'; until: number | null }
  | { type: 'execution.paused' }
  | { type: 'execution.resumed' }
  | { type: 'execution.completed' }
  | { type: 'execution.failed'; error: NodeErrorData; node?: string; reason?: 'node' | 'timeout' | 'crashed' }
  | { type: 'execution.cancelled'; by?: string }
  | ({ type: 'node.started'; sources: InputSources; attempt: number } & NodeRunRef)
  | ({
      type: 'node.completed';
      outputs: Outputs;
      durationMs: number;
      response?: WebhookResponse;
      logs?: LogLine[];
      pinned?: boolean;
    } & NodeRunRef)
  | ({
      type: 'node.failed';
      error: NodeErrorData;
      /** What flows on although the node failed (`onError: continue`). Absent: the execution stops. */
      outputs?: Outputs;
      durationMs: number;
      logs?: LogLine[];
    } & NodeRunRef)
  | ({ type: 'node.retrying'; attempt: number; resumeAt: number; error: NodeErrorData } & NodeRunRef)
  | ({
      type: 'node.waiting';
      /** Time in ms since epoch, or null when only another execution's end or a call wakes it. */
      until: number | null;
      /** It waits for somebody to call; `until` is then when it gives up, null for never. */
      call?: true;
      /** Its call is the decision of a person, who is asked this. */
      question?: Question;
      /** Its call is what somebody fills in here. */
      form?: FormPage;
      /** Executions that must end first. */
      executions?: string[];
      /** Present: these become the outputs when the time has come. Absent: the node is executed again. */
      outputs?: Outputs;
    } & NodeRunRef)
  | { type: 'node.skipped'; node: string };

/** `seq` counts from 1 inside one execution; `at` is ms since epoch. Nodes are named by id. */
export type EngineEvent = EventBody & { seq: number; at: number };

export type EventType = EventBody['type'];
