// Makes a picture small without the package sharp, and prints the error that came of it as JSON.
import { shrinkLanczos } from '../../../src/node/datasets/sharp-degradations.js';
import { replacePackages } from '../../support/replace-packages.js';

replacePackages(JSON.parse(process.argv[2]!));
const error = await shrinkLanczos({ data: new Uint8Array(12), width: 2, height: 2 }, 1, 1).then(
  () => ({}),
  ({ name, code, message }) => ({ name, code, message }),
);
process.stdout.write(JSON.stringify(error));
