/*
 * Stands in for the sandbox that Lambda runs a function in: imports the bundle that it is told of, and runs each event
 * that it is sent. With `given`, the function is connected with that in place of what was built.
 */

const exported = await import(process.argv[2] ?? "");
const context = { awsRequestId: "request", functionName: "function", getRemainingTimeInMillis: () => 30_000 };

process.on("message", async ({ event, given }: { event: unknown; given?: object }) => {
  try {
    const run = given ? exported.handler.on(process.env, given) : exported.handler;
    process.send?.({ answer: (await run(event, context)) ?? null });
  } catch (error) {
    process.send?.({ failure: String(error) });
  }
});
process.send?.({ exports: Object.keys(exported) });
