import { disposableEmailBlocklistSet } from "disposable-email-domains-js";
import type { Disposables } from "../core/guard/guard-ports.ts";

/** The list is public and comes with the package; it names no service that forwards mail to a mailbox one keeps. */
export function listedDisposables(): Disposables {
  let listed: Set<string> | undefined;
  return {
    has(domain) {
      listed ??= disposableEmailBlocklistSet();
      const labels = domain.split(".");
      return labels.some((_, index) => listed?.has(labels.slice(index).join(".")));
    },
  };
}
