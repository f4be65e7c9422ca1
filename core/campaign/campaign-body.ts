import type { Site } from "../catalogue.ts";
import { type RenderedMarkdown, renderMarkdown } from "../markdown/render-markdown.ts";
import { type ChosenText, chooseText, holds, type MergeReader } from "../merge/choose-text.ts";
import { type FieldValues, fillHtml, fillText } from "../merge/fill-fields.ts";
import {
  type Condition,
  conditionsOf,
  isShared,
  type MergeMistake,
  type MergePart,
  readMerge,
} from "../merge/read-merge.ts";

/** What a campaign's mail says to one reader. */
export interface CampaignBody {
  title: string;
  bodyHtml: string;
  bodyText: string;
}

/** The subject and text of a campaign, read once for all readers. */
export interface CampaignText {
  /** Whether every reader gets the same words. */
  isShared: boolean;
  /** What its author should mend, by field. */
  problems: { title?: string; markdown?: string };
  bodyFor(reader: MergeReader, values: FieldValues): CampaignBody;
}

/** Each condition doubles the ways in which a text can turn out, and each way is looked at before it is sent. */
const mostConditions = 6;
/** Of HTML; the frame around it takes the rest of what mailboxes show unclipped. */
const longestBodyBytes = 80 * 1024;

/** Reads what an author wrote. What some readers see is rendered when the first of them is met. */
export function readCampaignText(
  written: { title: string; markdown: string },
  theme: Site["theme"],
): CampaignText {
  const title = readMerge(written.title);
  const markdown = readMerge(written.markdown.replace(/\r\n?/g, "\n"));
  const conditions = conditionsOf([...title.parts, ...markdown.parts]);
  const rendered = new Map<string, Rendered>();
  const render = (turnsOut: (condition: Condition) => boolean): Rendered => {
    const way = conditions.map((condition) => (turnsOut(condition) ? 1 : 0)).join("");
    const known =
      rendered.get(way) ??
      renderWay(written, { title: title.parts, markdown: markdown.parts }, turnsOut, theme);
    rendered.set(way, known);
    return known;
  };
  return {
    isShared: isShared(title.parts) && isShared(markdown.parts),
    problems: problemsOf({ written, title: title.mistakes, markdown: markdown.mistakes, conditions, render }),
    bodyFor(reader, values) {
      const { subject, source, body } = render((condition) => holds(condition, reader));
      return {
        title: fillText(subject.text, subject.fields, values),
        bodyHtml: fillHtml(body.html, source.fields, values),
        bodyText: fillText(body.text, source.fields, values),
      };
    },
  };
}

/** How a text turns out for some readers. */
interface Rendered {
  subject: ChosenText;
  source: ChosenText;
  body: RenderedMarkdown;
}

function renderWay(
  written: { title: string; markdown: string },
  parts: { title: MergePart[]; markdown: MergePart[] },
  turnsOut: (condition: Condition) => boolean,
  theme: Site["theme"],
): Rendered {
  const subject = chooseText(written.title, parts.title, turnsOut);
  const source = chooseText(written.markdown, parts.markdown, turnsOut);
  return { subject, source, body: renderMarkdown(source.text, theme) };
}

interface Read {
  written: { title: string; markdown: string };
  title: MergeMistake[];
  markdown: MergeMistake[];
  conditions: Condition[];
  render(turnsOut: (condition: Condition) => boolean): Rendered;
}

function problemsOf({ written, title, markdown, conditions, render }: Read): CampaignText["problems"] {
  const inTitle = title[0]?.message;
  const inText = lines(written.markdown, markdown) ?? (inTitle ? undefined : waysProblem(conditions, render));
  return {
    ...(inTitle !== undefined && { title: inTitle }),
    ...(inText !== undefined && { markdown: inText }),
  };
}

function lines(text: string, mistakes: MergeMistake[]): string | undefined {
  if (mistakes.length === 0) return undefined;
  return mistakes
    .map(({ index, message }) => `Line ${text.slice(0, index).split("\n").length}: ${message}`)
    .join("\n");
}

/** Looks at every way in which the text can turn out. */
function waysProblem(conditions: Condition[], render: Read["render"]): string | undefined {
  if (conditions.length > mostConditions)
    return `The text asks for ${conditions.length} different conditions: ask for at most ${mostConditions}, so that every way it turns out can be looked at.`;
  for (let way = 0; way < 2 ** conditions.length; way++) {
    const { source, body, subject } = render((condition) => (way >> conditions.indexOf(condition)) % 2 === 1);
    if (body.problems.length > 0) return body.problems.map((problem) => atSource(problem, source)).join("\n");
    if (/<[^>]*\uE000/.test(body.html))
      return "A field stands in the address or title of a link: only {{progressUrl}} can, as the whole address.";
    if (subject.text.trim() === "") return "Some readers would get no subject: write one for them, too.";
    if (body.text.trim() === "") return "Some readers would get no text: write one for them, too.";
    const kilobytes = Math.ceil(Buffer.byteLength(body.html) / 1024);
    if (kilobytes * 1024 > longestBodyBytes)
      return `The text makes ${kilobytes} KB of HTML, and mailboxes clip a long mail: shorten it to ${longestBodyBytes / 1024} KB.`;
  }
  return undefined;
}

/** A problem of a rendered text, by the line that its author wrote. */
function atSource(problem: string, source: ChosenText): string {
  return problem.replace(/^Line (\d+)/, (_, line: string) => `Line ${source.lineOf(Number(line))}`);
}
