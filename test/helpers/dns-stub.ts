import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A name server on loopback that knows TXT records alone; `address` is as a resolver takes it. */
export interface DnsStub {
  address: string;
  /** By name; a name with no records exists, one that is not here does not; `silence` is never answered. */
  records: Map<string, string[] | "silence">;
  close(): void;
}

const noError = 0x8580;
const noSuchName = 0x8583;

/** Starts it with these records. */
export async function startDnsStub(records: DnsStub["records"]): Promise<DnsStub> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, end } = readName(query);
    const found = records.get(name);
    if (found === "silence") return;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(found ? noError : noSuchName, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found?.length ?? 0, 6);
    const question = query.subarray(12, end + 4);
    socket.send(Buffer.concat([header, question, ...(found ?? []).map(textRecord)]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, records, close: () => socket.close() };
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("ascii", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

/** Of the name that was asked for, cut into strings of 20 letters: longer records come in several. */
function textRecord(text: string): Buffer {
  const strings = (text.match(/.{1,20}/g) ?? []).map((part) =>
    Buffer.from([part.length, ...Buffer.from(part)]),
  );
  const data = Buffer.concat(strings);
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
