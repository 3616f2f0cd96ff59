/** Texts, names in quotes and comments, which hold no syntax; or an arrow with a bare name or number behind it. */
const PARTS =
  /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\[[^\]]*\]?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<!-)->\s*(?:(?<name>[A-Za-z_]\w*)|(?<index>\d+))/g;

/** `address->city` and `list->0`, which SQLite does not know, as what they mean there. Everything else stays. */
export const withArrows = (query: string): string =>
  query.replace(PARTS, (part, ...rest) => {
    const { name, index } = rest.at(-1) as { name?: string; index?: string };
    return name !== undefined ? `->>'${name}'` : index !== undefined ? `->>${index}` : part;
  });

/**
 * Does this statement only ask for rows? The others have no use here; some (ATTACH, PRAGMA, VACUUM) reach for files and
 * settings that outlive the query.
 */
export function isQuestion(statement: string): boolean {
  const bare = statement.replace(/^(?:\s|;|\(|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/, '');
  return /^(?:select|with|values)\b/i.test(bare);
}
