// Draws a chart with packages put in place of others, and prints the error that came of it as JSON.

import { renderChart } from '../../../src/node/report/render-chart.js';
import { cumulativeErrorChart } from '../../../src/reports/charts/error-charts.js';
import { replacePackages } from '../../support/replace-packages.js';

replacePackages(JSON.parse(process.argv[2]!));
const error = await renderChart(cumulativeErrorChart([{ name: 'a', errors: [0.1] }])).then(
  () => ({}),
  ({ name, code, message }) => ({ name, code, message }),
);
process.stdout.write(JSON.stringify(error));
