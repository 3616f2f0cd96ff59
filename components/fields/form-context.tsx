'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Issue } from '#engine/node.ts';

/** A template's value for one input item, or why it has none. */
export type Preview = { value: unknown } | { error: string };

/** What templates can reach: names for completion, and values where something ran already. */
export interface TemplateWorld {
  /** The item that previews use, as JSON; null when nothing came in yet. */
  json: Record<string, unknown> | null;
  /** Names of the other nodes, nearest first. */
  nodeNames: readonly string[];
  /** First output item of a node, for completion behind `$('Name').item.json.`. */
  sampleOf(nodeName: string): Record<string, unknown> | null;
  evaluate(template: string): Preview | null;
}

/** Things of the workspace to choose from. */
export type ListNamed = () => Promise<readonly { id: string; name: string }[]>;

/** Everything that controls need from the form around them. */
export interface FormContextValue {
  readOnly: boolean;
  issues: readonly Issue[];
  world: TemplateWorld;
  timezone: string;
  /** Path of the field to scroll to and mark. */
  focusField: string | null;
  listWorkflows: ListNamed | null;
  listTables: ListNamed | null;
}

const FormContext = createContext<FormContextValue | null>(null);

export function FormProvider({ value, children }: { value: FormContextValue; children: ReactNode }) {
  return <FormContext.Provider value={value}>{children}</FormContext.Provider>;
}

export function useForm(): FormContextValue {
  const value = useContext(FormContext);
  if (!value) throw new Error('Fields need a FormProvider around them.');
  return value;
}
