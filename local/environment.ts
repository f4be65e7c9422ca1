import { type EnvironmentValue, namesOf, type ServiceManifest } from "../infra/service.ts";

export type Environment = Record<string, string | undefined>;

/** The services that the SDK reaches by an address of their own. */
export const endpointVariables = {
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  sqs: "AWS_ENDPOINT_URL_SQS",
  ssm: "AWS_ENDPOINT_URL_SSM",
  sesv2: "AWS_ENDPOINT_URL_SESV2",
} as const;
export type Endpoints = Record<keyof typeof endpointVariables, string>;

/** What the manifest's `{ of: … }` stands for on this machine. */
export interface Created {
  manifest: ServiceManifest;
  endpoints: Endpoints;
  queueUrls: Map<string, string>;
  publicUrl: string;
  /** The environment that the runtime itself was started in. */
  outer: Environment;
}

/** The environment of one function, as Lambda would give it. */
export function environmentOf(functionName: string, created: Created): Environment {
  const spec = created.manifest.functions[functionName];
  if (!spec) throw new Error(`The manifest has no function ${functionName}.`);
  return environmentAs(functionName, spec.environment, created);
}

/** The environment of an operator's programs: whatever any function has, under a key that may do everything. */
export function operatorEnvironment(created: Created): Environment {
  const specs = Object.values(created.manifest.functions).map(({ environment }) => environment);
  return environmentAs("operator", Object.assign({}, ...specs), created);
}

function environmentAs(
  name: string,
  values: Record<string, EnvironmentValue>,
  created: Created,
): Environment {
  const own = Object.entries(values).map(([key, value]) => [key, resolve(value, created)]);
  const endpoints = Object.entries(created.endpoints).map(([service, url]) => [
    endpointVariables[service as keyof Endpoints],
    url,
  ]);
  return {
    ...Object.fromEntries([...own, ...endpoints]),
    AWS_REGION: regionOf(created.outer),
    ...identityOf(name, created.outer),
  };
}

/** The region that local names are made of. */
export function regionOf(outer: Environment): string {
  return outer.AWS_REGION ?? "us-east-1";
}

/**
 * Under which key something calls: its own name, which tells local servers who asks. Only where an address
 * outside this process is in use are the operator's credentials handed on.
 */
export function identityOf(name: string, outer: Environment): Environment & { AWS_ACCESS_KEY_ID: string } {
  const elsewhere = Object.values(endpointVariables).some((variable) => outer[variable]);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = outer;
  if (elsewhere && AWS_ACCESS_KEY_ID) return { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN };
  return { AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: "local" };
}

function resolve(value: EnvironmentValue, created: Created): string {
  if (typeof value === "string") return value;
  switch (value.of) {
    case "tableName":
      return created.manifest.name;
    case "publicUrl":
      return created.publicUrl;
    case "configurationSet":
    case "keysParameter":
    case "metricsNamespace":
      return namesOf(created.manifest, "local")[value.of];
    case "queueUrl": {
      const url = created.queueUrls.get(value.queue);
      if (!url) throw new Error(`The manifest has no queue ${value.queue}.`);
      return url;
    }
  }
}
