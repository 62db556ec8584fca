// Detects on a file, in the box of its JSON argument, and prints the points. Runs where the packed package is installed.
import { detectLandmarksLR } from 'lowres-landmarks/node';

const [file, box] = process.argv.slice(2);
const { points } = await detectLandmarksLR(file, { boxes: JSON.parse(box) });
console.log(JSON.stringify(points.map(({ x, y }) => ({ x, y }))));
