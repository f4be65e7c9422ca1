import type { IncomingMessage } from "node:http";
import { parseJson, targetOf } from "../grants/json-request.ts";
import { replay } from "../replay.ts";
import type { Answer, CarryOut, Door, Guard } from "../whole-requests.ts";
import { readStatement, UnknownStatementError, type Write } from "./read-statement.ts";

interface Batch {
  Statements: { Statement?: string; Parameters?: Record<string, unknown>[] }[];
}
interface StatementAnswer {
  TableName?: string;
  Error?: { Code: string; Message: string };
}
interface Fault {
  __type?: string;
  message?: string;
  Message?: string;
}

/** Limits of a call and of a text: API_BatchExecuteStatement, API_BatchStatementRequest. */
const statementsPerCall = 25;
const longestText = 8192;

/**
 * Stands in for what dynalite lacks: BatchExecuteStatement, with the ledger's statements. Each is one write of its
 * own, for which the guard is asked on its own, and its error is part of an answer of 200.
 */
export function statementDoor(guard: Guard): Door {
  return (request, body, carryOut) => {
    if (targetOf(request) !== "BatchExecuteStatement") return undefined;
    const { Statements } = parseJson<Batch>(body);
    if (!Array.isArray(Statements) || Statements.length === 0 || Statements.length > statementsPerCall)
      return Promise.resolve(
        answer(400, {
          __type: "com.amazon.coral.validate#ValidationException",
          message: `Value at 'statements' failed to satisfy constraint: 1 to ${statementsPerCall} members`,
        }),
      );
    return answerAll(Statements, { request, guard, carryOut });
  };
}

interface Asked {
  request: IncomingMessage;
  guard: Guard;
  carryOut: CarryOut;
}

async function answerAll(statements: Batch["Statements"], asked: Asked): Promise<Answer> {
  const parts = await Promise.all(statements.map((statement) => answerOne(statement, asked)));
  const whole = parts.find((part) => "status" in part);
  return whole ?? answer(200, { Responses: parts });
}

/** An `Answer` is one to the whole call: it is not known who asks. */
async function answerOne(
  { Statement = "", Parameters = [] }: Batch["Statements"][number],
  { request, guard, carryOut }: Asked,
): Promise<StatementAnswer | Answer> {
  let write: Write;
  try {
    if (Statement.length > longestText)
      throw new UnknownStatementError(`A text has ${longestText} characters.`);
    write = readStatement(Statement, Parameters);
  } catch (error) {
    if (!(error instanceof UnknownStatementError)) throw error;
    return failure("ValidationError", error.message);
  }
  const body = Buffer.from(JSON.stringify(write.request));
  const as = (operation: string) => replay(request, body, `DynamoDB_20120810.${operation}`);
  const refused = guard(as(write.action), body);
  if (refused) {
    const { kind, message } = faultOf(refused);
    return kind === "AccessDenied" ? failure(kind, message) : refused;
  }
  const done = await carryOut(as(write.operation));
  if (done.status === 200) return { TableName: write.request.TableName };
  const { kind, message } = faultOf(done);
  switch (kind) {
    case "ConditionalCheckFailed":
      return write.action === "PartiQLInsert"
        ? failure("DuplicateItem", "Duplicate primary key exists in table")
        : failure(kind, message);
    case "Validation":
      return failure("ValidationError", message);
    case "ResourceNotFound":
      return failure(kind, message);
    default:
      return failure("InternalServerError", `${kind}: ${message}`);
  }
}

function faultOf({ body }: Answer): { kind: string; message: string } {
  const { __type = "", message, Message } = parseJson<Fault>(Buffer.from(body));
  return { kind: /(\w+?)(Exception)?$/.exec(__type)?.[1] ?? "", message: message ?? Message ?? "" };
}

function failure(Code: string, Message: string): StatementAnswer {
  return { Error: { Code, Message } };
}

function answer(status: number, body: object): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}
