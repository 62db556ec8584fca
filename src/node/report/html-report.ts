import type { FigureSection, Report, ReportSection } from '../../reports/report.js';
import { encodePng } from '../images/write-png.js';
import type { DrawnChart } from './draw-charts.js';
import { type Html, html, trustedHtml } from './html.js';
import { htmlTable } from './html-table.js';
import { reportStyle } from './report-style.js';

/** The page runs and requests nothing, whatever a chart or a name holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * A report as a self-contained HTML document: no scripts, nothing loaded, pictures and charts inside. It is light or
 * dark as the reader prefers, can be printed, and escapes any text, file names too.
 *
 * @param charts Of the report's chart sections.
 * @throws InvalidArgumentError when a table's rows do not fit its columns.
 */
export function htmlReport({ title, lead, sections }: Report, charts: ReadonlyMap<ReportSection, DrawnChart>): string {
  const links = sections.map(({ heading }, index) => html`<li><a href="#section-${index + 1}">${heading}</a></li>\n`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trustedHtml(reportStyle)}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<nav aria-label="Contents">
<ul>
${links}</ul>
</nav>
</header>
${sections.map((section, index) => renderSection(section, index, charts.get(section)))}</main>
</body>
</html>
`;
  return page.text;
}

function renderSection(section: ReportSection, index: number, drawn: DrawnChart | undefined): Html {
  const note =
    'note' in section && section.note !== undefined ? html`<p class="note">${section.note}</p>\n` : undefined;
  return html`<section id="section-${index + 1}">
<h2>${section.heading}</h2>
${section.kind === 'chart' ? undefined : note}${content(section, index, drawn)}${section.kind === 'chart' ? note : undefined}</section>
`;
}

function content(section: ReportSection, index: number, drawn: DrawnChart | undefined): Html {
  switch (section.kind) {
    case 'text':
      return html`${section.paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}`;
    case 'table':
      return htmlTable(section);
    case 'chart':
      return chart(drawn!, index);
    case 'figures':
      return figures(section);
  }
}

function chart(drawn: DrawnChart, index: number): Html {
  if ('missing' in drawn) return html`<p class="note">This chart is left out. ${drawn.missing}</p>\n`;
  // Each chart numbers its clip paths from 0: on one page they would clash.
  const apart = drawn.svg.trim().replaceAll(/(\bid="|url\(#)((?:clip|gradient)[\w-]*)/g, `$1chart-${index + 1}-$2`);
  return html`<figure class="chart">\n${trustedHtml(apart)}\n</figure>\n`;
}

function figures({ figures: all }: FigureSection): Html {
  const one = all.map(({ image, name, caption }) => {
    const source = `data:image/png;base64,${Buffer.from(encodePng(image)).toString('base64')}`;
    return html`<figure><img src="${source}" alt="${name}"><figcaption><b>${name}</b> ${caption}</figcaption></figure>\n`;
  });
  return html`<div class="figures">\n${one}</div>\n`;
}
