/** What a program registers with Pulumi: nothing of it is in AWS, all of it would be. */
export interface Graph {
  resources: Registered[];
  /** Data that the program asks AWS for. */
  calls: { token: string; inputs: Record<string, unknown> }[];
  /** What SST's components ask of its command line while the program runs. */
  asked: string[];
  /** What sst.config.ts says of the application. */
  app: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Why the program came to its end early. */
  failure?: string;
}

/** One resource, with the state that it is given in place of AWS's. */
export interface Registered {
  type: string;
  name: string;
  /** Names, ARNs and addresses that other resources may refer to. */
  state: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: inputs have the shapes of a hundred types of Pulumi's
  inputs: Record<string, any>;
  protect: boolean;
  retainOnDelete: boolean;
}
