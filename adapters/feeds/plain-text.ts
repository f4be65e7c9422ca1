import { Parser } from "htmlparser2";

/** Elements that stand on lines of their own. */
const blocks = new Set(
  "p div br hr pre li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr td th blockquote figure figcaption section article".split(
    " ",
  ),
);
/** Elements whose content nobody is meant to read. */
const unread = new Set(["script", "style", "template", "textarea", "noscript", "option", "iframe"]);

/** Places where a word might be broken, and the like: nothing stands there. */
const unseen = /[\u00ad\u200b\u2060\ufeff]/g;
/** Whatever else is no letter for an eye, save what joins the parts of an emoji, or keeps Persian letters apart. */
const gaps = /(?:(?![\u200c\u200d])[\s\p{Cc}\p{Cf}])+/gu;

/** Characters that are parsed before looking whether they are enough. */
const pieceLength = 500;

/** What a reader would see of markup, on one line of at most so many characters; of markup escaped twice too. */
export function plainText(markup: string, longest: number): string {
  // Much longer markup than this says nothing more that would be shown.
  const html = markup.slice(0, 20_000);
  const once = withoutMarkup(html, longest + 100);
  if (!/<\/[a-z][\w-]*>|<br ?\/?>/i.test(once)) return shortened(once, longest);
  return shortened(withoutMarkup(withoutMarkup(html, longest * 5), longest + 100), longest);
}

function withoutMarkup(markup: string, enough: number): string {
  // Most titles have none, and need no parser.
  const text = /[<&]/.test(markup) ? textOf(markup, enough) : markup;
  return text.replace(unseen, "").replace(gaps, " ").trim();
}

/** The text in markup, or the beginning of it as soon as that is enough. */
function textOf(markup: string, enough: number): string {
  let text = "";
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        if (unread.has(name)) hidden++;
        if (blocks.has(name)) text += " ";
      },
      ontext(piece) {
        if (hidden === 0) text += piece;
      },
      onclosetag(name) {
        if (unread.has(name)) hidden--;
        if (blocks.has(name)) text += " ";
      },
    },
    // Some templates pack what is packed already.
    { recognizeCDATA: true },
  );
  for (let at = 0; at < markup.length && text.length < enough; at += pieceLength)
    parser.write(markup.slice(at, at + pieceLength));
  parser.end();
  return text;
}

/** Cut between words, with an ellipsis; never inside a character. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = Array.from(text.slice(0, longest - 1));
  if (/[\ud800-\udbff]$/.test(cut.at(-1) ?? "")) cut.pop();
  return `${cut.join("").replace(/\s+\S{0,20}$/u, "")}…`;
}
