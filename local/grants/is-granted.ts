import type { ServiceManifest } from "../../infra/service.ts";

/** One thing that a request does, as IAM would be asked about it. */
export interface Call {
  action: string;
  /** What the manifest calls the resource; undefined if it is none of the service's. */
  on: string | undefined;
  arn: string;
  /** Partition keys of the rows that are meant; a request that names none has none. */
  rowKeys?: string[];
}

/** May do everything: the runtime itself, and whoever operates the service from the command line. */
export const operators: readonly string[] = ["runtime", "operator"];

/** Whether a key is anybody's: a function's of the manifest, or an operator's. */
export function isKnown(manifest: ServiceManifest, caller: string): boolean {
  return operators.includes(caller) || Object.hasOwn(manifest.functions, caller);
}

/** Whether the manifest lets a caller do this: each function exactly what is listed for it. */
export function isGranted(manifest: ServiceManifest, caller: string, call: Call): boolean {
  if (operators.includes(caller)) return true;
  if (!Object.hasOwn(manifest.functions, caller)) return false;
  const { rowKeys = [] } = call;
  return (manifest.functions[caller]?.permissions ?? []).some(
    ({ on, actions, rowsOf }) =>
      on === call.on &&
      actions.includes(call.action) &&
      // ForAllValues holds of no keys at all, which the condition's `Null` rules out.
      (rowsOf === undefined || (rowKeys.length > 0 && rowKeys.every((key) => key.startsWith(rowsOf)))),
  );
}
