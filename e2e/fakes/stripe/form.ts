export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

/** `items[0][price]=p&expand[]=x` as nested objects and lists. */
export function decodeForm(text: string): Form {
  const root: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) put(root, pathOf(name), value);
  return listsIn(root) as Form;
}

function pathOf(name: string): string[] {
  const [head = '', ...rest] = name.split('[');
  return [head, ...rest.map((part) => part.replace(/\]$/, ''))];
}

function put(root: Form, path: string[], value: string): void {
  let at = root;
  path.forEach((part, i) => {
    const key = part === '' ? String(Object.keys(at).length) : part;
    if (i === path.length - 1) {
      at[key] = value;
      return;
    }
    const next = at[key];
    at = (typeof next === 'object' ? next : (at[key] = Object.create(null))) as Form;
  });
}

/** Objects whose keys are all numbers were lists. */
function listsIn(value: FormValue): FormValue {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listsIn(inner)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key)))
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
