import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { html } from "hono/html";
import { simpleParser } from "mailparser";
import { localDate } from "../../core/time/instant.ts";
import type { Letter } from "./letters.ts";
import type { Person } from "./people.ts";

/** Writes every mail as .eml and .html under readable names, with a page to browse them. */
export async function saveLetters(directory: string, people: Person[], letters: Letter[]): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, "mails"), { recursive: true });
  const saved = await Promise.all(letters.map((letter, index) => save(directory, index, letter)));
  const rows = people.map((person) => {
    const own = letters.flatMap((letter, index) =>
      letter.mailbox === person.mailbox
        ? [{ letter, file: saved[index] ?? "", date: localDate(letter.at, person.zone) }]
        : [],
    );
    return html`<tr><th scope="row">${person.name || "(no name)"}<small>${person.zone}${person.story && ` · ${person.story}`}</small></th>
<td>${own.map(({ letter, file, date }) => html`<a href="mails/${file}.html" title="${letter.subject}">${letter.kind}</a> <a class="raw" href="mails/${file}.eml">${date}</a>${letter.outcome === "delivered" ? "" : html` <em>${letter.outcome}</em>`}<br>`)}</td></tr>`;
  });
  const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails of the demo</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;table-layout:fixed}th:first-child{width:38%}th,td{overflow-wrap:anywhere;text-align:left;vertical-align:top;padding:.6rem .8rem .6rem 0;border-top:1px solid #8884}small{display:block;font-weight:400;opacity:.7}.raw{opacity:.7;font-size:.85em;font-variant-numeric:tabular-nums}a{color:light-dark(#0b5d66,#6cc5cf)}em{color:light-dark(#a4342a,#ff9d8f);font-style:normal;font-size:.85em}</style>
<h1>Mails of the demo</h1><p>${letters.length} mails to ${people.length} people. The name of a mail opens it, its date opens the raw .eml file.</p>
<table><thead><tr><th scope="col">Person</th><th scope="col">Mails, with the local date of each</th></tr></thead><tbody>${rows}</tbody></table></html>`;
  await writeFile(join(directory, "index.html"), (await page).toString());
}

async function save(directory: string, index: number, letter: Letter): Promise<string> {
  const name = `${String(index + 1).padStart(3, "0")}-${letter.mailbox.replace(/[^\w.+-]+/g, "_")}-${letter.kind}`;
  const base = join(directory, "mails", name);
  await copyFile(letter.emlPath, `${base}.eml`);
  const { html: body } = await simpleParser(await readFile(letter.emlPath));
  await writeFile(`${base}.html`, String(body));
  return encodeURIComponent(name);
}
