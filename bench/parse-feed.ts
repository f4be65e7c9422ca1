import { cpus } from "node:os";
import { parseArgs } from "node:util";
import RssParser from "rss-parser";
import { checkDocument } from "../adapters/feeds/check-document.ts";
import { decodeDocument } from "../adapters/feeds/decode-document.ts";
import { parseFeed } from "../adapters/feeds/parse-feed.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { CpuMeter, median } from "./measure.ts";

/*
 * What it costs to decode, check, tidy, parse and strip a feed of 100 items, against rss-parser alone on the same text:
 * `node bench/parse-feed.ts`. The two take turns; the figures are medians of CPU time. It exits with 1 when either format
 * takes more than 2.5 times as long.
 */
const mostTimes = 2.5;
const { values } = parseArgs({ options: { rounds: { type: "string", default: "60" } } });
const rounds = Number(values.rounds);
const type = "application/xml; charset=utf-8";
const url = "https://news.example/feed";

const paragraph = `<p>A <a href="https://news.example/codes?a=1&amp;b=2">code set</a> changes &mdash; here is <em>what</em> to check.</p>`;
const item = (n: number) => ({
  id: `https://news.example/${n}`,
  title: `Item ${n}: what changes & for whom`,
  date: new Date(Date.UTC(2027, 2, 1) + n * 3_600_000),
  html: paragraph.repeat(12),
});
const items = Array.from({ length: 100 }, (_, n) => item(n));

const feeds = {
  RSS: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>${items
    .map(
      ({ id, title, date, html }) =>
        `<item><title>${escapeHtml(title)}</title><link>${id}</link><guid>${id}</guid><pubDate>${date.toUTCString()}</pubDate><category>Coding</category><description>${escapeHtml(paragraph)}</description><content:encoded><![CDATA[${html}]]></content:encoded></item>`,
    )
    .join("")}</channel></rss>`,
  Atom: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>${items
    .map(
      ({ id, title, date, html }) =>
        `<entry><id>${id}</id><title>${escapeHtml(title)}</title><link href="${id}"/><updated>${date.toISOString()}</updated><content type="html">${escapeHtml(html)}</content></entry>`,
    )
    .join("")}</feed>`,
};

const tooSlow: string[] = [];
for (const [format, text] of Object.entries(feeds)) {
  const body = Buffer.from(text);
  const alone: number[] = [];
  const whole: number[] = [];
  for (let round = -10; round < rounds; round++) {
    const meter = new CpuMeter();
    await meter.part("alone", () => new RssParser().parseString(body.toString("utf8")));
    const { entries } = await meter.part("whole", () => {
      const decoded = decodeDocument(body, type);
      checkDocument(decoded, type);
      return parseFeed(decoded, url);
    });
    if (entries.length !== items.length) throw new Error(`${format}: ${entries.length} entries`);
    // The first rounds only warm up.
    if (round < 0) continue;
    alone.push(meter.spent.alone ?? 0);
    whole.push(meter.spent.whole ?? 0);
  }
  const [ours, theirs] = [median(whole) / 1000, median(alone) / 1000];
  if (!(ours / theirs <= mostTimes)) tooSlow.push(format);
  const size = Math.round(body.length / 1024);
  console.log(
    `${format.padEnd(5)} ${items.length} items, ${size} KB: ${ours.toFixed(1)} ms CPU; rss-parser alone ${theirs.toFixed(1)} ms; ${(ours / theirs).toFixed(2)} times`,
  );
}
const [{ model = "" } = {}] = cpus();
console.log(`${cpus().length} cores (${model}), Node ${process.versions.node}, medians of ${rounds} rounds`);
if (tooSlow.length > 0) {
  console.error(
    `Too slow: ${tooSlow.join(" and ")} took more than ${mostTimes} times the CPU of rss-parser alone.`,
  );
  process.exitCode = 1;
}
