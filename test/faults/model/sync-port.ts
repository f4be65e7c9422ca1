/** A port whose answers are there at once: each call is one step that nothing can come between. */
export type SyncPort<Port> = {
  [Name in keyof Port]: Port[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Answer
    : Port[Name];
};

/** How a call of a model is carried out: `carryOut` does all of it, at one instant. */
export type Call = <Answer>(
  label: string,
  args: unknown[],
  carryOut: (args: unknown[]) => Answer,
) => Promise<Answer>;

/** The port that a model stands for; `call` decides when, and whether, each call is carried out. */
export function asPort<Port extends object>(name: string, model: SyncPort<Port>, call: Call): Port {
  return new Proxy(model, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function" || typeof property === "symbol") return value;
      return (...args: unknown[]) =>
        call(`${name}.${property}`, args, (given) => Reflect.apply(value, target, given));
    },
  }) as unknown as Port;
}

/** Carries out every call as soon as it is made: the port as it is without any mischief. */
export const atOnce: Call = async (_label, args, carryOut) => carryOut(args);
