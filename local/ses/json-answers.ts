import type { z } from "zod";
import type { FaultAnswer } from "./fault.ts";
import { badRequest, SesError } from "./ses-error.ts";

/** An error answer; the SDK tells its error type by the header. */
export function errorAnswer({ status, errorType, message }: FaultAnswer): Response {
  return Response.json(
    { message: message ?? "" },
    { status, ...(errorType && { headers: { "x-amzn-errortype": errorType } }) },
  );
}

/** What a failure in a route answers. */
export function answerToError(error: unknown): Response {
  if (error instanceof SesError) return errorAnswer(error);
  console.error("Local SES failed.", error);
  return errorAnswer({ status: 500, errorType: "InternalServiceErrorException", message: String(error) });
}

/** Reads a JSON body by its schema. */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await request.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
}
