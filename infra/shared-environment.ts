import type { EnvironmentValue, ServiceManifest } from "./service.ts";

/** What all functions have in their environment alike. */
export function sharedEnvironment({ functions }: ServiceManifest): Record<string, EnvironmentValue> {
  const [first, ...others] = Object.values(functions).map(({ environment }) => environment);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) =>
      others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value)),
    ),
  );
}
