/** Where something stands inside nested objects and lists. */
export type Path = (string | number)[];

/** A value, and where it stands. */
export interface Place {
  path: Path;
  value: unknown;
}

/** Everything that is neither an object nor a list. */
export function leavesOf(value: unknown, path: Path = []): Place[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [{ path, value }];
  return childrenOf(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
}

/** Every object, lists not counted, from the outermost inwards. */
export function objectsOf(value: unknown, path: Path = []): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = childrenOf(value).flatMap(([key, each]) => objectsOf(each, [...path, key]));
  return Array.isArray(value) ? inner : [{ path, value }, ...inner];
}

/** A copy in which one place has another value; `undefined` takes it out. What is beside the path is shared. */
export function withChanged<T>(whole: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const inner = withChanged((whole as Record<string | number, unknown>)[key], rest, value);
  if (Array.isArray(whole))
    return whole.flatMap((each, at) => (at !== key ? [each] : inner === undefined ? [] : [inner])) as T;
  const entries = Object.entries({ ...whole, [key]: inner });
  return Object.fromEntries(entries.filter(([name, each]) => name !== key || each !== undefined)) as T;
}

function childrenOf(value: object): [string | number, unknown][] {
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}
