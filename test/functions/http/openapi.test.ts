import { describe, expect, it } from "vitest";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import type { HttpDeps } from "../../../adapters/connect/http.ts";
import { describeHttp } from "../../../build/openapi/describe-http.ts";
import { createAdminApp } from "../../../functions/admin/app.ts";
import { createApp } from "../../../functions/http/app.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const document = JSON.parse(describeHttp(catalogue)) as { paths: Record<string, Record<string, unknown>> };
const apps = [
  createApp({ catalogue } as unknown as HttpDeps),
  createAdminApp({ catalogue } as unknown as AdminDeps),
];

describe("/openapi.json", () => {
  it("describes every route, and no other", () => {
    const routes = apps
      .flatMap((app) => app.routes)
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
  });
});
