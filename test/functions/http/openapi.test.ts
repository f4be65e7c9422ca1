import { describe, expect, it } from "vitest";
import type { HttpDeps } from "../../../adapters/connect/http.ts";
import { describeHttp } from "../../../build/openapi/describe-http.ts";
import { createApp } from "../../../functions/http/app.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const document = JSON.parse(describeHttp(catalogue)) as { paths: Record<string, Record<string, unknown>> };
const app = createApp({ catalogue } as unknown as HttpDeps);

describe("/openapi.json", () => {
  it("describes every route, and no other", () => {
    const routes = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
  });
});
