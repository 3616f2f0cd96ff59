import type { CredentialSlot } from '#nodes/credential-types/define.ts';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import { type NodeDefinition, type OperationDefinition, operationOf, type PortsOf } from '#nodes/define.ts';
import { definitions } from '#nodes/definitions.ts';
import { defaultOf, type Field, type Fields } from '#nodes/fields.ts';
import { importers } from '#nodes/importers.ts';

/** Pages about all nodes, by file name below docs/nodes/, made from the same definitions as forms and checks. */
export function nodePages(): Map<string, string> {
  const shown = definitions.filter((definition) => !definition.hidden);
  const pages = new Map(shown.map((definition) => [`${definition.type}.md`, nodePage(definition)]));
  pages.set('README.md', indexPage(shown));
  return pages;
}

const MADE = '<!-- Made by `npm run docs` from the node definitions. Edit those. -->\n';

function indexPage(shown: readonly NodeDefinition[]): string {
  const byCategory = Map.groupBy(shown, (definition) => definition.category);
  const parts = [...byCategory].map(([category, list]) => {
    const rows = list
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
      .map(({ type, name, description }) => `| [${name}](${type}.md) | ${cell(description)} |`);
    return `## ${category}\n\n| Node | What it does |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `${MADE}\n# Nodes\n\n${shown.length} nodes. A text field may hold templates, \`{{ … }}\`, unless it says that it is taken literally.\n\n${parts.join('\n')}`;
}

function nodePage(definition: NodeDefinition): string {
  const names = Object.keys(definition.operations);
  const operations = names.map((name) =>
    operationPart(name, operationOf(definition, { operation: name })!, names.length > 1),
  );
  const imported = (importers[definition.type] ?? []).flatMap((importer) => importer.types);
  return `${MADE}
# ${definition.name}

${definition.description}

Type \`${definition.type}\`, version ${definition.version}, ${definition.category}.${imported.length > 0 ? ` Imported from n8n: ${[...new Set(imported)].map((type) => `\`${type}\``).join(', ')}.` : ''}

${operations.join('\n')}`;
}

function operationPart(name: string, op: OperationDefinition, titled: boolean): string {
  const effect = typeof op.effect === 'function' ? 'depends on its parameters' : EFFECTS[op.effect];
  const fields = fieldRows(op.fields, '');
  const places = (op.credentials ?? []).map(placeRow);
  const table =
    fields.length > 0
      ? `| Field | Parameter | Kind | Default | |\n|---|---|---|---|---|\n${fields.join('\n')}\n`
      : 'It has no fields.\n';
  const sample =
    op.sample.length > 0
      ? `\nGives, for example:\n\n\`\`\`json\n${JSON.stringify(op.sample, null, 2)}\n\`\`\`\n`
      : '';
  const credentials =
    places.length > 0 ? `\n| Credential | Place | Kinds | |\n|---|---|---|---|\n${places.join('\n')}\n` : '';
  return `${titled ? `## ${op.label}\n\n\`operation: ${name}\`. ` : ''}${op.summary}\n\nInputs: ${portsText(op.inputs)}. Outputs: ${portsText(op.outputs)}. Effect: ${effect}.\n\n${table}${credentials}${sample}`;
}

const EFFECTS = {
  pure: 'none',
  read: 'reads, and is repeated after a crash',
  write: 'changes something outside, once per item',
} as const;

function portsText(ports: PortsOf): string {
  if (typeof ports === 'function') return 'depend on its parameters';
  return ports.length > 0 ? ports.map((port) => `\`${port.name}\``).join(', ') : 'none';
}

/** A row per field; fields inside of lists and options follow with their path. */
function fieldRows(fields: Fields, path: string): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.hidden) return [];
    const place = `${path}${name}`;
    const cells = [
      cell(field.label),
      `\`${place}\``,
      kindOf(field),
      defaultText(field),
      cell(notesOf(field)),
    ];
    const inner =
      field.kind === 'list'
        ? fieldRows(field.fields, `${place}[].`)
        : field.kind === 'options'
          ? fieldRows(field.fields, `${place}.`)
          : [];
    return [`| ${cells.join(' | ')} |`, ...inner];
  });
}

const kindOf = (field: Field): string =>
  field.kind === 'select' ? field.options.map(({ value }) => `\`${value}\``).join(' ') : field.kind;

function defaultText(field: Field): string {
  const value = defaultOf(field);
  const isNothing =
    value === undefined || value === '' || (typeof value === 'object' && field.kind !== 'json');
  return isNothing ? '' : cell(`\`${JSON.stringify(value)}\``);
}

const placeRow = ({ name, label, types, optional, showIf }: CredentialSlot): string => {
  const kinds = types.map((type) => findCredentialType(type)?.name ?? type).join(', ');
  const when = conditionsOf(showIf);
  const notes = [optional ? '' : 'Required.', when && `Asked for ${when}.`].filter(Boolean).join(' ');
  return `| ${[cell(label), `\`credentials.${name}\``, cell(kinds), notes].join(' | ')} |`;
};

const conditionsOf = (showIf: Field['showIf']): string =>
  Object.entries(showIf ?? {})
    .map(
      ([name, values]) =>
        `only with \`${name}\` ${values.map((value) => `\`${String(value)}\``).join(' or ')}`,
    )
    .join(', ');

function notesOf(field: Field): string {
  const shown = conditionsOf(field.showIf);
  return [
    field.required ? 'Required.' : '',
    field.help ?? '',
    field.template === false ? 'Taken literally.' : '',
    shown === '' ? '' : `Shown ${shown}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
