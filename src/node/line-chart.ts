/** One curve of a chart. */
export interface Curve {
  label: string;
  /** Any CSS colour. */
  colour: string;
  points: readonly { x: number; y: number }[];
}

/** An axis from `from` to `to` with a labelled tick every `step`. */
export interface Axis {
  label: string;
  from: number;
  to: number;
  step: number;
}

const WIDTH = 640;
const HEIGHT = 400;
const PLOT = { left: 60, top: 20, right: 620, bottom: 345 };

/** A line chart with grid and legend as an SVG document. */
export function lineChart(x: Axis, y: Axis, curves: readonly Curve[]): string {
  const placeX = (value: number) => PLOT.left + ((value - x.from) / (x.to - x.from)) * (PLOT.right - PLOT.left);
  const placeY = (value: number) => PLOT.bottom - ((value - y.from) / (y.to - y.from)) * (PLOT.bottom - PLOT.top);
  const grid = [
    ...ticks(x).map((tick) => line(placeX(tick), PLOT.top, placeX(tick), PLOT.bottom)),
    ...ticks(y).map((tick) => line(PLOT.left, placeY(tick), PLOT.right, placeY(tick))),
  ];
  const labels = [
    ...ticks(x).map((tick) => text(placeX(tick), PLOT.bottom + 18, String(tick), 'middle')),
    ...ticks(y).map((tick) => text(PLOT.left - 8, placeY(tick) + 4, String(tick), 'end')),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 14, x.label, 'middle'),
    `<g transform="rotate(-90)">${text(-(PLOT.top + PLOT.bottom) / 2, 16, y.label, 'middle')}</g>`,
  ];
  const lines = curves.map(({ colour, points }) => {
    const path = points.map((point) => `${placeX(point.x).toFixed(1)},${placeY(point.y).toFixed(1)}`).join(' ');
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" clip-path="url(#plot)"/>`;
  });
  const legend = curves.flatMap(({ label, colour }, index) => {
    const top = PLOT.top + 20 + 20 * index;
    const left = PLOT.left + 16;
    return [
      `<line x1="${left}" y1="${top}" x2="${left + 24}" y2="${top}" stroke="${colour}" stroke-width="3"/>`,
      text(left + 32, top + 4, label, 'start'),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<clipPath id="plot"><rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.right - PLOT.left}" height="${PLOT.bottom - PLOT.top}"/></clipPath>
${[...grid, ...lines, ...labels, ...legend].join('\n')}
</svg>
`;
}

function ticks({ from, to, step }: Axis): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) =>
    Number((from + index * step).toFixed(6)),
  );
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ddd"/>`;
}

function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#333">${content}</text>`;
}
