import { service } from "../../infra/service.ts";

type Value = Record<string, unknown>;
type Attributes = Record<string, Value>;

/** A statement as the operation that dynalite has for it. */
export interface Write {
  operation: "PutItem" | "UpdateItem";
  /** What IAM is asked for. */
  action: "PartiQLInsert" | "PartiQLUpdate";
  request: { TableName: string; Item?: Attributes; Key?: Attributes } & Record<string, unknown>;
}

/** A statement that is none of those which the ledger's adapter makes. */
export class UnknownStatementError extends Error {
  override readonly name = "UnknownStatementError";
}

const { partitionKey, sortKey }: { partitionKey: string; sortKey: string } = service.table;
const insert = /^INSERT INTO "([^"]+)" VALUE \{('\w+': \?(?:, '\w+': \?)*)\}$/;
const update = /^UPDATE "([^"]+)"((?: SET "\w+" = \?)*)((?: REMOVE "\w+")*) WHERE (.+)$/;
const condition = /^"(\w+)" (?:= \?|IN \[(\?(?:, \?)*)\])$/;

/** Reads an INSERT or UPDATE, written just as `adapters/dynamodb/statements.ts` writes it: this is no PartiQL. */
export function readStatement(text: string, parameters: readonly Value[]): Write {
  const wanted = text.split("?").length - 1;
  if (wanted !== parameters.length)
    throw new UnknownStatementError(`${wanted} parameters are wanted, ${parameters.length} given: ${text}`);
  const values = parameters.values();
  const next = () => values.next().value as Value;

  const [, into, fields = ""] = insert.exec(text) ?? [];
  if (into) return insertion(into, Object.fromEntries(namesIn(fields).map((name) => [name, next()])));
  const [, table, set = "", remove = "", where = ""] = update.exec(text) ?? [];
  if (!table || (!set && !remove))
    throw new UnknownStatementError(`Only the ledger's statements are known here: ${text}`);
  const change = Object.fromEntries(namesIn(set).map((name) => [name, next()]));
  const conditions = where.split(" AND ").map((clause) => readCondition(clause, next));
  return updating(table, change, namesIn(remove), conditions);
}

interface Condition {
  name: string;
  among: boolean;
  values: Value[];
}

function readCondition(clause: string, next: () => Value): Condition {
  const [, name, several] = condition.exec(clause) ?? [];
  if (!name) throw new UnknownStatementError(`No condition of the ledger's: ${clause}`);
  const count = several ? several.split(",").length : 1;
  return { name, among: several !== undefined, values: Array.from({ length: count }, next) };
}

function insertion(TableName: string, Item: Attributes): Write {
  if (!Item[partitionKey] || !Item[sortKey]) throw new UnknownStatementError("The row has no key.");
  const ConditionExpression = `attribute_not_exists(${partitionKey})`;
  return {
    operation: "PutItem",
    action: "PartiQLInsert",
    request: { TableName, Item, ConditionExpression },
  };
}

function updating(TableName: string, set: Attributes, remove: string[], conditions: Condition[]): Write {
  const keys = conditions.filter(({ name, among }) => !among && [partitionKey, sortKey].includes(name));
  const Key = Object.fromEntries(keys.map(({ name, values }) => [name, values[0] ?? {}]));
  if (Object.keys(Key).length < 2)
    throw new UnknownStatementError("An UPDATE has to name one row by its key.");
  const names: Record<string, string> = {};
  const values: Attributes = {};
  const nameOf = (name: string) => {
    names[`#${name}`] = name;
    return `#${name}`;
  };
  const placeOf = (value: Value) => {
    const alias = `:v${Object.keys(values).length}`;
    values[alias] = value;
    return alias;
  };
  const sets = Object.entries(set).map(([name, value]) => `${nameOf(name)} = ${placeOf(value)}`);
  // PartiQL's UPDATE makes no row: on a missing one its condition fails.
  const when = [`attribute_exists(${nameOf(partitionKey)})`];
  for (const { name, among, values: of } of conditions) {
    if (name in Key) continue;
    const given = of.map(placeOf).join(", ");
    when.push(among ? `${nameOf(name)} IN (${given})` : `${nameOf(name)} = ${given}`);
  }
  const UpdateExpression = [
    sets.length > 0 ? `SET ${sets.join(", ")}` : "",
    remove.length > 0 ? `REMOVE ${remove.map(nameOf).join(", ")}` : "",
  ].join(" ");
  return {
    operation: "UpdateItem",
    action: "PartiQLUpdate",
    request: {
      TableName,
      Key,
      UpdateExpression,
      ConditionExpression: when.join(" AND "),
      ExpressionAttributeNames: names,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
}

function namesIn(clauses: string): string[] {
  return [...clauses.matchAll(/['"](\w+)['"]/g)].map(([, name = ""]) => name);
}
