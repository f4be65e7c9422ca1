import type { Site } from "../core/catalogue.ts";
import { palette, type Scheme } from "./palette.ts";

/** `/assets/style.css`: the look of all pages, in the colours and the font of the site. */
export function stylesheet(theme: Site["theme"]): string {
  const { light, dark } = palette(theme);
  return `:root{color-scheme:light dark;font-family:${theme.font};${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
${rules.replace(/\s*\n\s*/g, "")}
`;
}

function variables(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}

const rules = `
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--ink);
  font-size:1.0625rem;line-height:1.6;overflow-wrap:break-word}
body>*{width:100%;max-width:38rem;margin:0 auto;padding:0 1.375rem}
header{padding-top:1.5rem;padding-bottom:.875rem}
.brand{display:inline-block;padding:.25rem 0;color:var(--ink);font-weight:700;text-decoration:none}
.brand:hover{text-decoration:underline}
main{padding-top:2.25rem;padding-bottom:2.25rem;background:var(--surface)}
main>:last-child{margin-bottom:0}
footer{flex:1;padding-top:1.5rem;padding-bottom:2.5rem;color:var(--muted);font-size:.9375rem}
footer p{margin:0 0 .5rem}
footer a{color:var(--ink)}
h1{margin:0 0 1.125rem;font-size:clamp(1.625rem,1.3rem + 1.6vw,2.125rem);line-height:1.2;letter-spacing:-.01em;text-wrap:balance}
h2{margin:2.25rem 0 .625rem;font-size:1.3125rem;line-height:1.3;scroll-margin-top:1rem}
h3{margin:1.75rem 0 .5rem;font-size:1.125rem;line-height:1.4}
p,ul,ol{margin:0 0 1.125rem}
ul,ol{padding-left:1.5rem}
li{margin-bottom:.5rem}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.eyebrow{margin-bottom:.5rem;color:var(--accent);font-size:.9375rem;font-weight:600}
.lead{font-size:1.1875rem;line-height:1.5}
.muted{color:var(--muted)}
.steps{list-style:none;padding:0;counter-reset:step}
.steps li{display:flex;gap:.875rem;margin:0;padding:.6875rem 0;border-top:1px solid var(--line);counter-increment:step}
.steps li::before{content:counter(step);min-width:1.25rem;color:var(--accent);font-weight:700}
form{margin:0 0 1.125rem}
.signup{margin-top:2.5rem;padding-top:1.5rem;border-top:5px solid var(--accent)}
.signup h2{margin:0 0 1.125rem}
.steps+.muted{margin-top:-.25rem}
.field{margin-bottom:1.375rem}
label{display:block;margin-bottom:.25rem;font-weight:600}
.optional{color:var(--muted);font-weight:400}
.hint,.mistake{margin:0 0 .375rem;font-size:.9375rem}
.hint{color:var(--muted)}
.mistake{color:var(--alert);font-weight:600}
input,select{display:block;width:100%;min-height:3.125rem;padding:.625rem .875rem;border:1px solid var(--muted);border-radius:6px;
  background:var(--surface);color:var(--ink);font:inherit}
[aria-invalid]{border:2px solid var(--alert)}
button{min-height:3.25rem;padding:.75rem 1.75rem;border:1px solid transparent;border-radius:6px;background:var(--accent);
  color:var(--onAccent);font:inherit;font-weight:600;cursor:pointer}
button:hover{text-decoration:underline;text-underline-offset:.2em}
.mistakes{margin:0 0 1.75rem;padding:1rem 1.25rem;border:2px solid var(--alert);border-radius:6px}
.mistakes ul{margin:0;padding:0;list-style:none}
.mistakes li:last-child{margin:0}
.mistakes a{color:var(--alert)}
.choice{display:grid;grid-template-columns:auto 1fr;column-gap:.75rem;align-items:start}
.choice label{margin:0}
.field .choice{margin-bottom:.625rem}
.field .choice label{font-weight:400}
.choice .hint{grid-column:2;margin:.25rem 0 0}
input[type=checkbox],input[type=radio]{width:1.5rem;height:1.5rem;min-height:0;margin:.0625rem 0 0;padding:0;accent-color:var(--accent)}
.consent{margin-bottom:1.25rem;font-size:.9375rem;color:var(--muted)}
.account{margin-top:2.5rem;padding-top:1.5rem;border-top:5px solid var(--accent)}
.account h2{margin-top:0}
.account form{margin:0}
.danger{border-color:var(--alert);background:transparent;color:var(--alert)}
.small{min-height:2.75rem;padding:.5rem 1.125rem;font-size:1rem}
.plain{border-color:transparent;padding-left:.5rem;padding-right:.5rem;background:transparent;color:var(--accent);font-weight:400;text-decoration:underline;text-underline-offset:.2em}
.quiet{border-color:var(--accent);background:transparent;color:var(--accent)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.reader-nav ul{display:flex;flex-wrap:wrap;gap:0 .875rem;margin:-.75rem 0 1.75rem;padding:0;border-bottom:1px solid var(--line);list-style:none}
.reader-nav li{margin:0 0 -1px}
.reader-nav a{display:block;padding:.5rem 0;border-bottom:3px solid transparent;font-size:.9375rem;text-decoration:none}
.reader-nav a:hover{text-decoration:underline}
.reader-nav [aria-current]{border-color:var(--accent);color:var(--ink);font-weight:600}
.sent-on{margin-top:-.625rem}
.said{margin:0 0 1.75rem;padding:.75rem 1.125rem;border-left:5px solid var(--accent);background:var(--page);font-weight:600}
.letter{margin-bottom:2.5rem}
.letter>:last-child{margin-bottom:0}
.work{scroll-margin-top:1rem;margin:2.5rem 0 0;padding-top:1.5rem;border-top:5px solid var(--accent)}
.work h2{margin-top:0}
.work form{margin:0}
.work .choice,.sooner{padding:.5rem 0;margin:0}
.work .choice label,.sooner label{font-weight:400}
.work :checked+label{color:var(--muted)}
fieldset{min-width:0;margin:0 0 1rem;padding:0;border:0}
legend{margin-bottom:.375rem;padding:0;font-size:1.3125rem;font-weight:700;line-height:1.3}
.field legend{margin-bottom:.5rem;font-size:inherit;font-weight:600}
.finish{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.finish button{margin-top:.75rem}
details{margin:2rem 0 0;padding:.375rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
details+details{margin-top:0;border-top:0}
summary{padding:.5rem 0;color:var(--accent);font-weight:600;cursor:pointer}
details form{margin-bottom:.75rem}
.around{display:flex;flex-wrap:wrap;gap:.5rem 2rem;justify-content:space-between;margin:2rem 0 0}
.around a{padding:.25rem 0}
.segments{display:flex;gap:.375rem;margin:0 0 1.75rem;padding:0;list-style:none}
.segments li{flex:1;height:.625rem;margin:0;border:2px solid var(--line);border-radius:5px}
.segments .done{border-color:var(--accent);background:var(--accent)}
.summit{display:block;width:100%;max-width:24rem;height:auto;margin:0 auto 1.5rem;color:var(--accent)}
.summit .ground{color:var(--line)}
.achieved{margin:0 0 1.125rem;padding:0;list-style:none}
.achieved li{display:grid;grid-template-columns:2.375rem 1fr;column-gap:1rem;align-items:center;margin:0;padding:.625rem 0;border-top:1px solid var(--line)}
.achieved div{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between}
.achieved div span{color:var(--muted);font-size:.9375rem}
.walk h2{margin-bottom:.25rem}
.path,.dates{margin:0;padding:0;list-style:none}
.path li{position:relative;display:grid;grid-template-columns:2.375rem 1fr;column-gap:1rem;margin:0;padding-bottom:1.625rem}
.path li:last-child{padding-bottom:0}
.path li:not(:last-child)::before{content:"";position:absolute;top:2.375rem;bottom:0;left:1.0625rem;width:4px;background:var(--line)}
.path .done:not(:last-child)::before{background:var(--accent)}
.mark{display:grid;place-items:center;width:2.375rem;height:2.375rem;border:3px solid var(--line);border-radius:50%;color:var(--muted);
  font-weight:700;line-height:1}
.done .mark{border-color:var(--accent);background:var(--accent);color:var(--onAccent)}
.sent .mark{border-color:var(--accent);color:var(--accent)}
.unknown .mark,.failed .mark{border-color:var(--alert);color:var(--alert)}
.path h3{margin:.3125rem 0 0}
.path p,.dates p{margin:0;color:var(--muted);font-size:.9375rem}
.path h3 a{display:inline-block;color:inherit;text-decoration-color:var(--accent);text-decoration-thickness:2px}
.next h3,.later h3{font-weight:600}
.later h3{color:var(--muted)}
.path form{margin:.75rem 0 0}
.own-dates{margin-top:2.5rem;padding-top:1.5rem;border-top:5px solid var(--accent)}
.own-dates h2{margin-top:0}
.own-dates h3{margin:2rem 0 1rem}
.dates li{display:flex;gap:1rem;align-items:center;justify-content:space-between;margin:0;padding:.875rem 0;border-top:1px solid var(--line)}
.dates form{margin:0;flex:none}
.news{margin:0;padding:0;list-style:none}
.news li{margin:0;padding:1.125rem 0;border-top:1px solid var(--line)}
.news h2{margin:0 0 .375rem;font-size:1.125rem;line-height:1.4}
.news p{margin:0 0 .25rem}
.weeks{margin:0 0 1.75rem;padding:0;list-style:none}
.weeks li{display:flex;gap:1rem;justify-content:space-between;margin:0;border-top:1px solid var(--line)}
.weeks a,.weeks span{padding:.625rem 0}.weeks a{flex:1}
.own li{flex-wrap:wrap}
.own li>:first-child{flex:1 1 16rem}
.own div form{margin-top:.625rem}
.own .buttons{display:flex;gap:.625rem}
.own .buttons form{margin:0}
.alert,.overdue p:first-of-type{color:var(--alert);font-weight:600}
.cycle{margin-top:2.5rem;padding-top:1.5rem;border-top:5px solid var(--accent)}
.cycle h2{margin-top:0}
.cycle h2 span{display:block;color:var(--muted);font-size:1rem;font-weight:400}
.cycle p{margin-bottom:.625rem}
.cycle .muted{font-size:.9375rem}
.hours{font-size:1.1875rem}
.bar{display:block;margin:0 0 1.25rem;overflow:visible}
.bar .ground{fill:var(--line)}
.bar .filled{fill:var(--accent)}
.bar .now{stroke:var(--ink);stroke-width:3}
.cycle p:has(+.bar),.hours:has(+.bar){margin-bottom:.375rem}
.hours strong,.whole{white-space:nowrap}
.several{margin:1.25rem 0 0}
.mark-words{margin:-.5rem 0 1rem;font-size:.9375rem}
.dates p a,.cycle .muted a{display:inline-block;padding:.125rem 0}
.main{margin:0 0 1.125rem;padding:0;border:0}
.main summary{display:inline-block;padding:.75rem 1.75rem;border-radius:6px;background:var(--accent);color:var(--onAccent);list-style:none}
.main summary::-webkit-details-marker{display:none}
.main summary:hover{text-decoration:underline;text-underline-offset:.2em}
.add+.main{margin-top:1.5rem}
.main form{margin-top:1.25rem}
.add form{margin:.75rem 0 1rem}
table{width:100%;margin:0 0 1.125rem;border-collapse:collapse}
th,td{padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
blockquote{margin:0 0 1.125rem;padding-left:1.125rem;border-left:3px solid var(--accent)}
@media (min-width:40rem){
  main{padding:2.75rem 3rem 3rem;border-radius:10px}
  header,footer{padding-left:3rem;padding-right:3rem}
  .signup button{min-width:14rem}
}
@media (max-width:30rem){button:not(.small){width:100%}}
`;
