/** One way to break the send path: exact texts of one file, each replaced once. */
export interface Mutation {
  name: string;
  file: string;
  /** Pairs of what stands there and what it becomes. */
  replace: [was: string, becomes: string][];
}

const chunk = "core/delivery/send-chunk.ts";
const packet = "core/delivery/send-packet.ts";
const take = "core/delivery/take-packet.ts";
const results = "core/delivery/read-results.ts";
const prepare = "core/delivery/prepare-chunk.ts";
const ledger = "adapters/dynamodb/deliveries.ts";
const packets = "adapters/dynamodb/packets.ts";
const claimCall = "const claims = await claimChunk(deps.deliveries, packet, recipients, deps.clock.now());";
const mailCall = "const results = await deps.mailer.send(opened.template, called);";
const doubt = 'return unknownFor(result?.code ?? "no-answer", now);';
const mark = "if (!(await deps.packets.markCalling(packet, range))) {";
const settleLeft = "await settleAbandoned(deps, packet, packet.calling);";
const clearLeft = "if (!(await deps.packets.clearAbandoned(packet, elapsed))) throw leased(packetId);";

/** What somebody might write by mistake, or for the sake of speed; each has to be noticed. */
export const mutations: Mutation[] = [
  {
    name: "skip the claim",
    file: chunk,
    replace: [[claimCall, "const claims = { held: recipients, others: [] as never[] };"]],
  },
  {
    name: "read the subscribers before the claim",
    file: chunk,
    replace: [
      [
        claimCall,
        `const read = await deps.subscribers.loadMany(recipients);\n  deps = { ...deps, subscribers: { ...deps.subscribers, loadMany: async () => read } };\n  ${claimCall}`,
      ],
    ],
  },
  { name: "release after a time-out", file: results, replace: [[doubt, 'return { state: "released" };']] },
  {
    name: "count doubtful as accepted",
    file: results,
    replace: [[doubt, 'return { state: "sent", messageId: "perhaps" };']],
  },
  {
    name: "call again after a reset",
    file: chunk,
    replace: [
      [
        mailCall,
        `let results = await deps.mailer.send(opened.template, called);\n  if (results.every(({ outcome }) => outcome === "doubtful"))\n    results = await deps.mailer.send(opened.template, called);`,
      ],
    ],
  },
  {
    name: "settle before sending",
    file: chunk,
    replace: [
      [
        mailCall,
        `await record(called.map(({ subscriberId }) => [subscriberId, { state: "sent", messageId: "soon" }]));\n  ${mailCall}`,
      ],
    ],
  },
  { name: "drop the calling mark", file: chunk, replace: [[mark, "if (packet.lease < 0) {"]] },
  {
    name: "call although the lease is lost",
    file: chunk,
    replace: [[mark, `${mark.slice(0, -3)} && packet.lease < 0) {`]],
  },
  {
    name: "mark nobody of the chunk",
    file: chunk,
    replace: [[mark, mark.replace("range", "{ from: range.to, to: range.to }")]],
  },
  {
    name: "release before the packet that they move to",
    file: chunk,
    replace: [
      ["  await opened.move(moves);\n", ""],
      ["  if (fault !== undefined)", "  await opened.move(moves);\n  if (fault !== undefined)"],
    ],
  },
  {
    name: "do not look at the date again",
    file: prepare,
    replace: [["  await opened.letter.lookAgain?.();\n", ""]],
  },
  {
    name: "drop the last look",
    file: prepare,
    replace: [
      ["if (subscriber.suppressed &&", 'if (subscriber) return { may: "send" };\n  if (subscriber &&'],
    ],
  },
  {
    name: "send to the suppressed",
    file: prepare,
    replace: [["if (subscriber.suppressed && !letter.to) return", "if (!subscriber.id) return"]],
  },
  {
    name: "send whatever came that day",
    file: "core/day/take-days.ts",
    replace: [["if (!daily || readers", "if (daily || readers"]],
  },
  {
    name: "take a day that is another mail's",
    file: "core/day/take-days.ts",
    replace: [["holders[at] !== undefined && holders[at] !== packet.mailing", 'holders[at] === "nobody"']],
  },
  {
    name: "lose the day that dispatch has taken",
    file: "core/day/take-days.ts",
    replace: [["holders[at] !== undefined && holders[at] !== packet.mailing", "holders[at] !== undefined"]],
  },
  {
    name: "take days without looking whose they are",
    file: "adapters/dynamodb/daily-slots.ts",
    replace: [["known[at] === mailing", "known[at] !== undefined"]],
  },
  {
    name: "move on to packets that nobody names",
    file: "core/delivery/open-packet-letter.ts",
    replace: [["named = [...named, ...packets.map(({ id }) => id)];", "named = [...named];"]],
  },
  {
    name: "count what another packet has settled",
    file: "core/delivery/send-chunk.ts",
    replace: [
      [
        'return isOfAnother(packet, owner) ? "duplicate" : state;',
        "return isOfAnother(packet, owner) ? state : state;",
      ],
    ],
  },
  {
    name: "ignore that sending is held",
    file: packet,
    replace: [["if (whyHeld(state, deps.sending.table))", "if (whyHeld(undefined, deps.sending.table))"]],
  },
  {
    name: "finish with the rest unsent",
    file: packet,
    replace: [['if (sent.status === "later")', 'if (sent.status === "later" && packet.lease < 0)']],
  },
  {
    name: "clear the mark before settling",
    file: take,
    replace: [[`${settleLeft}\n    ${clearLeft}`, `${clearLeft}\n    ${settleLeft}`]],
  },
  {
    name: "release what a dead worker was handing over",
    file: take,
    replace: [['unknownFor("worker-died", now)', '{ state: "released" } as const']],
  },
  {
    name: "leave the mark to nobody",
    file: take,
    replace: [["if (packet.calling) {", "if (packet.lease < 0) {"]],
  },
  {
    name: "take rows back from a newer lease",
    file: "core/delivery/claim.ts",
    replace: [["their.lease < our.lease", "their.lease !== our.lease"]],
  },
  {
    name: "resend course steps of unknown outcome",
    file: "core/delivery/policy.ts",
    replace: [
      ['course: { lane: "bulk", unknown: "stays" }', 'course: { lane: "bulk", unknown: "once-more" }'],
    ],
  },
  {
    name: "advance before the packet",
    file: "core/course/dispatch-course.ts",
    replace: [
      [
        "  const sending = planned.filter(isSending);",
        "  await forEvery(planned, ({ enrolment, plan }) => deps.enrolments.advance(enrolment, afterwards(enrolment, plan)));\n  const sending = planned.filter(isSending);",
      ],
    ],
  },
  {
    name: "ring without moving dueAt",
    file: "core/delivery/ring-open-packets.ts",
    replace: [
      [
        "if (await deps.packets.rescheduleRing(packet, again, deps.clock.elapsed())) moved",
        "if (again) moved",
      ],
    ],
  },
  {
    name: "strike an open packet off the due index",
    file: "core/delivery/ring-open-packets.ts",
    replace: [["const again = addMinutes(now, ", "const again = addMinutes(now, 1e8 * "]],
  },
  {
    name: "give away twice the rate",
    file: "core/pace/reckon.ts",
    replace: [["const usedShare = 0.88;", "const usedShare = 1.76;"]],
  },
  {
    name: "call however late for its place",
    file: "core/delivery/await-place.ts",
    replace: [["if (clock.elapsed() <= place.at + graceMs && ", "if ("]],
  },
  {
    name: "lease a packet that somebody holds",
    file: packets,
    replace: [["OR #leaseUntil <= :elapsed)", "OR #leaseUntil <= :elapsed OR :elapsed > #lease)"]],
  },
  {
    name: "lease a packet whose mark stands",
    file: packets,
    replace: [["attribute_not_exists(#calling) AND ", ""]],
  },
  { name: "settle without the owner", file: ledger, replace: [["            owner,\n", ""]] },
  {
    name: "advance from anywhere",
    file: "adapters/dynamodb/enrolments.ts",
    replace: [["#run = :run AND #step = :step AND #dueAt = :dueAt", "#run = :run"]],
  },
];
