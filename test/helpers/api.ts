import { callApi } from "./campaigns.ts";
import type { TestService } from "./service.ts";

/** Calls of the API with one key, whatever they answer. */
export function apiWith(service: TestService, key: string | undefined) {
  return async (method: string, path: string, body?: unknown, type = "application/json") => {
    const answer = await callApi(service, {
      method,
      path,
      type,
      ...(key !== undefined && { key }),
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, body: answer.body as unknown as Record<string, unknown> };
  };
}
