import { expect, onTestFinished, test } from "vitest";
import { type Exchange, listen } from "../../../local/ses/http-bridge.ts";

async function serve(handle: (exchange: Exchange) => Response): Promise<string> {
  const listener = await listen(0, (_request, exchange) => handle(exchange));
  onTestFinished(() => listener.close());
  return `http://127.0.0.1:${listener.port}`;
}

test("what follows an answer waits until the answer is out", async () => {
  const body = new TransformStream<Uint8Array, Uint8Array>();
  let follows = 0;
  const url = await serve((exchange) => {
    exchange.afterAnswer.push(() => {
      follows += 1;
    });
    return new Response(body.readable);
  });
  const answer = fetch(url);
  const writer = body.writable.getWriter();
  // Back when the server has read this part, so it is at work on the answer.
  await writer.write(Buffer.from("first, "));
  expect(follows).toBe(0);
  await writer.write(Buffer.from("last"));
  await writer.close();

  expect(await (await answer).text()).toBe("first, last");
  await expect.poll(() => follows).toBe(1);
});

test("what follows cannot spoil the answer, for it is out", async () => {
  const listener = await listen(0, (_request, exchange) => {
    exchange.afterAnswer.push(() => void listener.close());
    return new Response("whole");
  });
  const answer = await fetch(`http://127.0.0.1:${listener.port}`);
  expect(await answer.text()).toBe("whole");
});

test.each(["hang", "drop"] as const)("without an answer (%s) it follows at once", async (connection) => {
  let follows = 0;
  const url = await serve((exchange) => {
    exchange.connection = connection;
    exchange.afterAnswer.push(() => {
      follows += 1;
    });
    return new Response();
  });
  const giveUp = new AbortController();
  const answer = fetch(url, { signal: giveUp.signal }).catch(() => "none");
  await expect.poll(() => follows).toBe(1);
  giveUp.abort();
  expect(await answer).toBe("none");
});

test("a caller who gave up does not keep back what follows", async () => {
  const body = new TransformStream<Uint8Array, Uint8Array>();
  let follows = 0;
  const url = await serve((exchange) => {
    exchange.afterAnswer.push(() => {
      follows += 1;
    });
    return new Response(body.readable);
  });
  const giveUp = new AbortController();
  const answer = fetch(url, { signal: giveUp.signal }).catch(() => "none");
  const writer = body.writable.getWriter();
  await writer.write(Buffer.from("first"));
  giveUp.abort();
  expect(await answer).toBe("none");
  await writer.close();
  await expect.poll(() => follows).toBe(1);
});
