/** The stylesheet of a report: light or dark as the reader prefers, and for print. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --ink: #1c1e21; --quiet: #5b6168; --line: #d9dce0; --stripe: #f5f6f8; --link: #0060a8;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --ink: #e6e8ea; --quiet: #a2a9b0; --line: #3a3f45; --stripe: #1f2226; --link: #7cc0ff; }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1.5rem 4rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 72rem; margin: 0 auto; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; }
p { max-width: 46rem; margin: .5rem 0; overflow-wrap: anywhere; }
.lead { font-size: 1.1rem; }
.note, figcaption, nav { color: var(--quiet); font-size: .9rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
a { color: var(--link); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .9rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: .4rem; }
td { overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--quiet); vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 500; }
tbody tr:nth-child(even) { background: var(--stripe); }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.spread { color: var(--quiet); font-size: .88em; }
.paper { color: var(--quiet); font-style: italic; }
.paper small { display: block; font-weight: normal; }
.chart { margin: .75rem 0; }
.chart svg { display: block; max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 1rem; margin: 1rem 0; }
.figures figure { margin: 0; min-width: 0; }
.figures img { display: block; width: 100%; height: auto; border-radius: 3px; }
figcaption { margin-top: .3rem; overflow-wrap: anywhere; line-height: 1.35; }
.figures figcaption { font-size: .8rem; }
figcaption b { color: var(--ink); font-weight: 600; }
@media print {
  :root { --ground: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --stripe: #ffffff; --link: #000000; }
  body { padding: 0; font-size: 11pt; }
  nav { display: none; }
  h2 { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  th, td { padding: .2rem .4rem; }
  .figures { grid-template-columns: repeat(6, 1fr); gap: .5rem; }
}
`;
