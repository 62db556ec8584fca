/**
 * Detects the landmarks of the bundled faces with the bundled weights, prints five points of each and draws all 68.
 *
 *     npm run demo
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Box, createLandmarkDetector } from 'lowres-landmarks';
import { contactSheet, drawLandmarks, encodePng, readImage } from 'lowres-landmarks/node';

const faces = new URL('faces/', import.meta.url);
const output = new URL('../demo-output/', import.meta.url);
const boxes: Record<string, [Box]> = JSON.parse(await readFile(new URL('boxes.json', faces), 'utf8'));

using detector = await createLandmarkDetector();
const pictures = [];
for (const [file, [box]] of Object.entries(boxes)) {
  const image = await readImage(new URL(file, faces));
  const five = await detector.detect(image, { boxes: box, points: 5 });
  console.log(`${file}: a face ${box.width} pixels wide, score ${five.score.toFixed(2)}`);
  for (const { name, x, y, score } of five.points) {
    console.log(
      `  ${name.padEnd(20)} x ${x.toFixed(1).padStart(5)}  y ${y.toFixed(1).padStart(5)}  score ${score.toFixed(2)}`,
    );
  }
  pictures.push(drawLandmarks(image, [await detector.detect(image, { boxes: box })], { scale: 8 }));
}

await mkdir(output, { recursive: true });
const overlay = new URL('landmarks.png', output);
await writeFile(overlay, encodePng(contactSheet(pictures, 2)));
console.log(`\nAll 68 points are drawn in ${fileURLToPath(overlay)}`);
