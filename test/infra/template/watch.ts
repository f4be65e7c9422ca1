import { isDeepStrictEqual } from "node:util";

/** A value of a template; the mappers know what they look for, the types do not. */
// biome-ignore lint/suspicious/noExplicitAny: a template has no types
export type Raw = any;

/** Wraps a value so that `unread` keeps the paths that nobody has looked at. */
export function watch(value: Raw, path: string, unread: Set<string>): Raw {
  if (typeof value !== "object" || value === null) {
    unread.add(path);
    return value;
  }
  const wrapped = new Map<string, Raw>(
    Object.entries(value).map(([key, each]) => [key, watch(each, `${path}.${key}`, unread)]),
  );
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === "symbol" || !wrapped.has(key)) return Reflect.get(target, key);
      unread.delete(`${path}.${key}`);
      return wrapped.get(key);
    },
  });
}

/** The whole of a watched value, which is thereby read. */
export function plain(value: Raw): Raw {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Complains of a value that has to be so whatever is deployed. */
export function same(actual: Raw, expected: unknown, where: string): void {
  if (!isDeepStrictEqual(plain(actual), expected))
    throw new Error(`${where} is ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`);
}

/**
 * A record of named things.
 * @throws Error for two of one name.
 */
export function record<T>(entries: [string, T][]): Record<string, T> {
  const names = entries.map(([name]) => name);
  if (new Set(names).size < names.length) throw new Error(`There are two of one name in ${names}`);
  return Object.fromEntries(entries);
}
