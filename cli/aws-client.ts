/** Settings that any client of the SDK takes; without region and credentials it finds the operator's own. */
export interface ClientSettings {
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  endpoint?: string;
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
}

/** Nothing is worth a longer wait to somebody who looks at a terminal. */
export const patience = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true as const },
};

const actions = new WeakMap<object, string>();

/** The IAM action of the call that failed with this error, if a watched client made it. */
export function actionOf(error: object): string | undefined {
  return actions.get(error);
}

type Next = (args: object) => Promise<{ response?: unknown }>;
interface Stack {
  add(middleware: (next: Next, context: { commandName?: string }) => Next, options: object): void;
}

/** Remembers of each failed call which action it was, and tells when AWS answered, by AWS's own clock. */
export function watch<Client extends { middlewareStack: unknown }>(
  client: Client,
  prefix: string,
  onDate: (date: Date) => void = () => {},
): Client {
  const stack = client.middlewareStack as Stack;
  stack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error) actions.set(error, `${prefix}:${commandName.replace(/Command$/, "")}`);
          throw error;
        }
      },
    { step: "initialize", name: "rememberAction", override: true },
  );
  // Of low priority, it stands before what turns a refusal into an error: that has a date, too.
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers = {} } = result.response as { headers?: Record<string, string> };
      if (headers.date) onDate(new Date(headers.date));
      return result;
    },
    { step: "deserialize", name: "readDate", priority: "low", override: true },
  );
  return client;
}
