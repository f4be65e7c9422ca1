import { type AwsStub, Refusal } from "./aws-stub.ts";

/** The parameters of a stubbed SSM, with all versions of each, newest last. */
export type Parameters = Map<string, string[]>;

/** GetParameter and PutParameter over them. */
export function parameterAnswers(parameters: Parameters): AwsStub["answers"] {
  return {
    "ssm:GetParameter": ({ Name }: { Name: string }) => {
      const versions = parameters.get(Name);
      if (!versions) return new Refusal("ParameterNotFound");
      return { Parameter: { Name, Value: versions.at(-1), Version: versions.length } };
    },
    "ssm:PutParameter": ({ Name, Value, Overwrite, Type }: Record<string, string | boolean>) => {
      const name = String(Name);
      const versions = parameters.get(name) ?? [];
      if (versions.length > 0 && !Overwrite) return new Refusal("ParameterAlreadyExists");
      if (Type !== "SecureString") return new Refusal("ValidationException", "not encrypted");
      parameters.set(name, [...versions, String(Value)]);
      return { Version: versions.length + 1 };
    },
  };
}
