import { expressionMistake } from "../../adapters/jmespath.ts";
import { type PresetName, presets } from "../../core/source/presets.ts";
import { FieldMap, type HmacCheck, type Source, sourceName } from "../../core/source/source.ts";
import { misuse } from "../failure.ts";

/** What `--kind` takes: how calls are signed, or a provider whose way is known. */
export const kinds = ["form", "standard", "hmac", "typeform", "tally"] as const;
export type Kind = (typeof kinds)[number];

/** The options of `stepletter sources create`, as they are typed. */
export interface SourceOptions {
  kind: Kind;
  site?: string[];
  thankYou?: string[];
  afterConfirm?: string[];
  map?: string[];
  header?: string;
  prefix?: string;
  encoding?: HmacCheck["encoding"];
  signs?: string;
  id?: string;
  at?: string;
}

/**
 * Makes a source of what was typed.
 * @throws Failure that says what is wrong, and what to type instead.
 */
export function readSource(name: string, options: SourceOptions, createdAt: string): Source {
  const { kind, site = [], thankYou = [], afterConfirm = [] } = options;
  if (!sourceName.test(name))
    throw misuse(`${name} is no name of a source: up to 40 small letters, digits and hyphens.`);
  if (name === "form") throw misuse("form is what our own form is called: choose another name.");
  if (kind !== "form" && site.length + thankYou.length > 0)
    throw misuse("--site and --thank-you are of a form: add --kind form, or leave them out.");
  const preset = isPreset(kind) ? presets[kind] : undefined;
  const map = readMap(options, preset?.map);
  const hmac = preset?.hmac ?? (kind === "hmac" ? readHmac(options) : undefined);
  const given = hmacOptions.find((option) => options[option] !== undefined);
  if (kind !== "hmac" && given) throw misuse(`--${given} is of --kind hmac alone.`);
  return {
    name,
    kind: kind === "form" || kind === "standard" ? kind : "hmac",
    sites: site.map(checkSite),
    thankYou: thankYou.map(checkPage),
    afterConfirm: afterConfirm.map(checkPage),
    ...(map && { map }),
    ...(hmac && { hmac }),
    createdAt,
  };
}

const hmacOptions = ["header", "prefix", "encoding", "signs", "id", "at"] as const;

function isPreset(kind: Kind): kind is PresetName {
  return Object.hasOwn(presets, kind);
}

function readMap(
  { kind, map: typed = [] }: SourceOptions,
  preset: FieldMap | undefined,
): FieldMap | undefined {
  if (typed.length > 0 && kind === "form")
    throw misuse("--map is of webhooks: a form names its fields itself.");
  const known = Object.keys(FieldMap.shape);
  const pairs = typed.map((pair) => {
    const [, field = "", expression = ""] = /^(\w+)=(.+)$/s.exec(pair) ?? [];
    if (!known.includes(field))
      throw misuse(`--map ${pair}: write FIELD=EXPRESSION, and for FIELD one of ${known.join(", ")}.`);
    return [field, checkExpression(`--map ${field}`, expression)];
  });
  const map = { ...preset, ...Object.fromEntries(pairs) };
  if (map.email) return FieldMap.parse(map);
  if (kind === "hmac") throw misuse("Say where a call has the address: --map email=EXPRESSION");
  if (typed.length > 0) throw misuse("A map needs the address as well: --map email=EXPRESSION");
  return undefined;
}

function readHmac({
  header,
  prefix = "",
  encoding = "hex",
  signs = "{body}",
  id,
  at,
}: SourceOptions): HmacCheck {
  if (!header || !id || !at)
    throw misuse(
      "--kind hmac needs --header, in which the signature stands, and --id and --at, where a payload has its id and its time.",
    );
  if (!/^[\w-]{1,80}$/.test(header)) throw misuse(`--header ${header}: that is no name of a header.`);
  const rest = signs.replaceAll("{body}", "").replaceAll(/\{header:[\w-]{1,80}\}/g, "");
  if (signs.split("{body}").length !== 2 || /[{}]/.test(rest))
    throw misuse(
      `--signs ${signs}: write {body} once, and {header:NAME} for each header that is signed, too.`,
    );
  if (signs.includes("}{")) throw misuse(`--signs ${signs}: something must stand between its parts.`);
  return {
    header: header.toLowerCase(),
    prefix,
    encoding,
    signs,
    id: checkExpression("--id", id),
    at: checkExpression("--at", at),
  };
}

function checkExpression(what: string, expression: string): string {
  const mistake = expressionMistake(expression);
  if (mistake !== undefined) throw misuse(`${what}: this is no JMESPath expression. ${mistake}`);
  return expression;
}

/** An origin, exactly as a browser sends it. */
function checkSite(typed: string): string {
  const url = checkedUrl("--site", typed);
  if (url.origin === typed) return typed;
  throw misuse(`--site ${typed}: write the origin alone, ${url.origin}`);
}

function checkPage(typed: string): string {
  checkedUrl("A page", typed);
  return typed;
}

function checkedUrl(what: string, typed: string): URL {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const here = url && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && here);
  if (url && safe && !url.username && !url.password && !/\s/.test(typed)) return url;
  throw misuse(`${what} ${typed}: write a web address with https://, or http:// on this machine.`);
}
