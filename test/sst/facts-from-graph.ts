import type { ServiceFacts } from "../infra/facts.ts";
import { alarmFacts, topicFacts } from "./alarm-facts.ts";
import { functionFacts } from "./function-facts.ts";
import type { Graph, Registered } from "./graph.ts";
import { httpFacts } from "./http-facts.ts";
import { mailFacts } from "./mail-facts.ts";
import { byName, expectRest, type GraphReader, readGraph } from "./read-graph.ts";
import { queueFacts, tableFacts } from "./storage-facts.ts";

/** What SST would deploy: the facts of its graph. It throws on whatever it does not know. */
export function factsFromGraph(graph: Graph, stage: string): ServiceFacts {
  const reader = readGraph(graph, stage);
  const facts: ServiceFacts = {
    functions: functionFacts(reader),
    queues: queueFacts(reader),
    table: tableFacts(graph, reader),
    mail: mailFacts(reader),
    http: httpFacts(reader),
    alarms: alarmFacts(reader),
    topic: topicFacts(reader),
    parameters: byName(reader.all("aws:ssm/parameter:Parameter").map((each) => oneParameter(each, reader))),
  };
  const [unseen] = reader.unseen();
  if (unseen) throw new Error(`No fact tells of ${unseen.type} ${unseen.name}`);
  return facts;
}

function oneParameter(parameter: Registered, reader: GraphReader) {
  const { name, type, insecureValue, ...rest } = parameter.inputs;
  expectRest(parameter, rest, {});
  const value = Object.entries<string>(JSON.parse(insecureValue));
  const facts = { type, value: Object.fromEntries(value.map(([key, each]) => [key, reader.token(each)])) };
  return [name, facts] as const;
}
