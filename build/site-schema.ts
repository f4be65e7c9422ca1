import * as z from "zod";
import { id, line, list, mailbox, map, window, zone } from "./schema-parts.ts";

const yesNo = (what: string) => z.boolean(`write true or false: ${what}`);
const colour = z
  .string("give a colour as #rrggbb")
  .regex(/^#[0-9a-f]{6}$/i, "give the colour as #rrggbb, in quotes");
const fonts = "give fonts as in CSS, with single quotes only, e.g. Georgia, 'Times New Roman', serif";

/** The shape of `content/site.yaml`. */
export const SiteFile = map(
  {
    name: line("give the name of the newsletter"),
    sender: map(
      {
        name: line("give the name that mails come from"),
        address: mailbox("give the address that mails come from"),
      },
      "give the sender as { name: …, address: … }",
    ),
    replyTo: mailbox("give the address that replies go to"),
    unsubscribeMailbox: mailbox("give the address that takes unsubscribe mails"),
    postalAddress: list(
      line("give the line as text"),
      "give your postal address as a list of lines: the law asks for it",
    ),
    defaults: map({ course: id("course"), zone, window }, "give the default course, zone and window"),
    tracking: map(
      { opens: yesNo("whether opens are counted"), clicks: yesNo("whether clicks are counted") },
      "give { opens: false, clicks: false }",
    ),
    theme: map(
      { accent: colour, accentDark: colour, font: z.string(fonts).regex(/^[\w ,'-]+$/, fonts) },
      "give the accent, accentDark and font",
    ),
  },
  "give the settings of the site as a map",
);
