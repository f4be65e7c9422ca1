import * as z from "zod";
import { topics } from "../catalogue.ts";

/** A text on one line. */
const line = (longest: number, hint: string) =>
  z
    .string(hint)
    .trim()
    .min(1, hint)
    .max(longest, hint)
    // No pattern: what describes the API to others would have them make values of it, and few can.
    .refine((text) => !/\p{Cc}/u.test(text), hint);

/** The address of a page of others. */
export const webAddress = (hint: string) =>
  z
    .string(hint)
    .trim()
    .max(2_000, hint)
    .refine((typed) => {
      const url = URL.canParse(typed) ? new URL(typed) : undefined;
      return url?.protocol === "https:" && !url.username && !url.password && !/\s/.test(typed);
    }, hint)
    .transform((typed) => new URL(typed).href);

/** The name of a source, as readers know it. */
export const sourceTitle = line(
  120,
  "Write the name of the source as readers know it, at most 120 characters.",
);
/** One of the topics. */
export const topic = z.enum(topics, `Choose one of: ${topics.join(", ")}.`);
/** The title of an item. */
export const itemTitle = line(200, "Write a title of one line, at most 200 characters.");

const idHint =
  "Write small letters and digits with single dashes between them, at most 40, such as my-source.";
const minutesHint = "Write whole minutes, from 60 to 10080: feeds are not to be pressed.";

/** Ids of feeds: they stand in keys, and beside `LIST`, `MARK` and `MANUAL`, which no id can be. */
export const feedIdShape = /^(?=.{1,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;
const id = z.string(idHint).regex(feedIdShape, idHint);
/** Hosts by number, and the names of one's own network, which no poll would ask; a URL has any number as `1.2.3.4`. */
const notOfTheInternet = /^\[|^[\d.]+$|^(?!.*\.)|(?:^|\.)(?:localhost|local|internal|lan)\.?$/;
/** The address of a feed. */
export const feedAddress = webAddress("Write the https:// address of the feed.")
  .refine((href) => new URL(href).port === "", "Write an address without a port: only 443 is asked.")
  .refine(
    (href) => !notOfTheInternet.test(new URL(href).hostname),
    "Write the address of a host on the public internet, by its name: no other is ever asked.",
  );
const everyMinutes = z.int(minutesHint).min(60, minutesHint).max(10_080, minutesHint);

/** A feed that an admin adds. */
export const FeedDraft = z.strictObject({
  id,
  title: sourceTitle,
  url: feedAddress,
  topic,
  everyMinutes: everyMinutes.default(360),
});
export type FeedDraft = z.infer<typeof FeedDraft>;

/** What an admin changes of a feed; its id never changes. */
export const FeedChange = z
  .strictObject({
    title: sourceTitle.exactOptional(),
    url: feedAddress.exactOptional(),
    topic: topic.exactOptional(),
    everyMinutes: everyMinutes.exactOptional(),
    off: z.boolean("Write true or false.").exactOptional(),
    acceptMove: z.literal(true, "Write true, or leave it out.").exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, {
    path: ["title"],
    error: "Change something: title, url, topic, everyMinutes, off or acceptMove.",
  })
  .refine(({ url, acceptMove }) => url === undefined || acceptMove === undefined, {
    path: ["url"],
    error: "Give an address, or accept the one that is proposed, not both.",
  });
export type FeedChange = z.infer<typeof FeedChange>;
