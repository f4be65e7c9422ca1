/** The look of the inbox pages: one column, light and dark by the reader's setting. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1c2027);
  --ink: light-dark(#1b1f26, #e6e9ee);
  --faint: light-dark(#5b6472, #9ca6b5);
  --line: light-dark(#dfe3e9, #2e3540);
  --link: light-dark(#1a56b0, #8ab8ff);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main, header { max-width: 64rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: space-between;
  padding-top: 1.5rem; padding-bottom: 1rem; }
h1 { font-size: 1.35rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0; }
h1 a { color: inherit; text-decoration: none; }
a { color: var(--link); }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; }
p { margin: .5rem 0; }
form { display: flex; gap: .5rem; flex: 1 1 16rem; max-width: 26rem; }
input { flex: 1; min-width: 0; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: .5rem; padding: .4rem .75rem; }
button { cursor: pointer; }
::placeholder { color: var(--faint); opacity: 1; }
.faint { color: var(--faint); font-size: .875rem; font-weight: 400; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: 0 0 1rem; overflow: hidden; }
.pad { padding: 1rem 1.25rem; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr) minmax(0, 2fr) 7.5rem; gap: .25rem 1rem;
  align-items: center; padding: .7rem 1.25rem; color: inherit; text-decoration: none; }
.mails a:hover { background: var(--ground); }
.mails .to, .mails .subject { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .subject { font-weight: 600; text-align: left; }
.mails .end { justify-self: end; display: flex; }
.badge { display: inline-block; font-size: .8rem; font-weight: 600; line-height: 1.3; padding: .15rem .6rem;
  border-radius: 1rem; white-space: nowrap; }
.good { color: light-dark(#0d6235, #8be0ae); background: light-dark(#dff4e8, #12351f); }
.warn { color: light-dark(#7a4a00, #f3c980); background: light-dark(#fdf0d8, #3b2a0c); }
.bad { color: light-dark(#96202a, #ffb0b3); background: light-dark(#fde5e6, #451a1d); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem 1.25rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 13rem; font-weight: 500; color: var(--faint); }
summary { cursor: pointer; padding: .75rem 1.25rem; font-weight: 600; }
iframe { display: block; width: 100%; height: 70vh; min-height: 24rem; border: 0; border-top: 1px solid var(--line); resize: vertical; }
pre { margin: 0; padding: 1rem 1.25rem; border-top: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere;
  font: .875rem/1.5 ui-monospace, monospace; }
.bar, .row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
.bar { justify-content: space-between; padding: .75rem 1.25rem; }
.row { gap: .25rem .75rem; }
nav { display: flex; gap: 1rem; justify-content: space-between; padding-bottom: 2rem; }
@media (max-width: 40rem) {
  .mails a { grid-template-columns: minmax(0, 1fr) auto; padding: .75rem 1rem; }
  .mails .subject { grid-column: 1 / -1; grid-row: 1; white-space: normal; }
  .mails .to { grid-column: 1; grid-row: 2; }
  .mails .end { grid-column: 2; grid-row: 2; }
  .mails time { grid-column: 1 / -1; grid-row: 3; }
  th, td { display: block; width: auto; border: 0; padding: 0 1rem .4rem; }
  th { padding-top: .5rem; padding-bottom: 0; border-top: 1px solid var(--line); }
  .pad, .bar, summary, pre { padding-left: 1rem; padding-right: 1rem; }
}
`;
