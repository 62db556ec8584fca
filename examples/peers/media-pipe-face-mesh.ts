/**
 * MediaPipe's face mesh (Google, Apache 2.0) in the conversion to tfjs that vladmandic's human (MIT) brings along, for
 * `lowres-landmarks compare`: 468 points, of which `mesh-to-68.ts` makes 68.
 *
 *     npx tsx dist/cli/main.js compare --data DATA --out RUN --predictor examples/peers/media-pipe-face-mesh.ts
 *
 * The crop is MediaPipe's own, 1.5 times the box: of the margins 1, 1.2, 1.35, 1.5, 1.7 and 2, and of shifts by 6 % up and down, 1.5 is also
 * the best on Helen's training faces at their native size, at 32, 20 and 14 pixels, with hardly a difference between no shift and 6 % down.
 * MediaPipe turns a face upright by the eyes that its detector finds. Here there is a box only, so a face whose mesh turns out to be
 * rolled by more than 10 degrees is looked at again, upright: of 33 training faces rolled by more than 15 degrees, the error falls from 5.9 to
 * 5.0 % of the inter-ocular distance.
 */
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type Affine, applyAffine, type Box, type Point, type RgbImage, warpAffine } from 'lowres-landmarks';
import type { LandmarkPredictor } from 'lowres-landmarks/evaluation';
import { boundingBox, cropAndResize, invertAffine, pointFromCrop, similarityAbout } from 'lowres-landmarks/training';
import { MESH_TO_68 } from './mesh-to-68.js';
import { packageModel } from './package-models.js';

/** The side of the network's input, in pixels. */
const INPUT_SIZE = 192;
/** How many times as wide as a face box the crop is. */
const MARGIN = 1.5;
/** How far the crop's centre lies below the box's, as a share of the crop's side: between the two shifts that are equally good. */
const DOWN = 0.02;
/** A face rolled by more, in degrees, is looked at again. */
const UPRIGHT = 10;
/** The outer corners of the eyes in the mesh. */
const EYES = [33, 263] as const;
const MESH_POINTS = 468;

/** Options of {@link FaceMeshPredictor}. */
export interface FaceMeshOptions {
  /**
   * Below which presence, 0 to 1, the face counts as not found. MediaPipe and human drop faces under 0.5, which a fifth of sharp faces shrunk to
   * 14 pixels are. By default it is 0: the box says that there is a face, and the points are better than none.
   */
  leastPresence?: number;
}

interface Mesh {
  presence: number;
  points: Point[];
}

/** The face mesh as a {@link LandmarkPredictor}. */
export class FaceMeshPredictor implements LandmarkPredictor {
  readonly name = 'MediaPipe face mesh';
  readonly scheme = 68;

  private constructor(
    private readonly model: GraphModel,
    private readonly leastPresence: number,
  ) {}

  static async load({ leastPresence = 0 }: FaceMeshOptions = {}): Promise<FaceMeshPredictor> {
    const model = await loadGraphModel(packageModel('@vladmandic/human', 'models/facemesh.json'));
    return new FaceMeshPredictor(model as GraphModel, leastPresence);
  }

  async predict(image: RgbImage, box: Box): Promise<Point[]> {
    const { presence, points } = await this.mesh(image, box);
    if (!(presence >= this.leastPresence)) {
      throw new Error(`No face: its presence is ${presence.toFixed(2)}, under ${this.leastPresence}.`);
    }
    return MESH_TO_68.map((index) => points[index]!);
  }

  /** All points of the mesh, in the image's pixels, and whether the network takes what it sees for a face: 0 to 1. */
  async mesh(image: RgbImage, { x, y, width, height }: Box): Promise<Mesh> {
    const side = MARGIN * Math.max(width, height);
    const square = { left: x + (width - side) / 2, top: y + (height - side) / 2 + DOWN * side, side };
    const first = await this.run(cropAndResize(image, square, INPUT_SIZE));
    const points = first.points.map((point) => pointFromCrop(point, square, INPUT_SIZE));
    const [left, right] = EYES.map((index) => points[index]!) as [Point, Point];
    const roll = (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
    if (!(Math.abs(roll) > UPRIGHT)) return { ...first, points };
    const upright = uprightCrop(points, roll);
    const second = await this.run(warpAffine(image, upright, INPUT_SIZE));
    const back = invertAffine(upright);
    return { ...second, points: second.points.map((point) => applyAffine(back, point)) };
  }

  dispose(): void {
    this.model.dispose();
  }

  private async run(face: RgbImage): Promise<Mesh> {
    const input = tf.tensor4d(
      Float32Array.from(face.data, (value) => value / 255),
      [1, INPUT_SIZE, INPUT_SIZE, 3],
    );
    let outputs: tf.Tensor[] = [];
    try {
      outputs = this.model.execute(input, ['Identity_2:0', 'Identity_1:0']) as tf.Tensor[];
      const [coordinates, presence] = await Promise.all(outputs.map((output) => output.data()));
      // x, y and depth of each, in the input's pixels, counted from the first pixel's centre: from its edge, they have a bias of half a pixel.
      const points = Array.from({ length: MESH_POINTS }, (_, point) => ({
        x: coordinates![3 * point]!,
        y: coordinates![3 * point + 1]!,
      }));
      return { presence: presence![0]!, points };
    } finally {
      tf.dispose([input, ...outputs]);
    }
  }
}

/** The map that turns a face upright and makes a square `MARGIN` times as wide as its mesh the network's input. */
function uprightCrop(points: readonly Point[], roll: number): Affine {
  const turn = similarityAbout({ x: 0, y: 0 }, -roll, 1, { x: 0, y: 0 });
  const { x, y, width, height } = boundingBox(points.map((point) => applyAffine(turn, point)));
  const centre = applyAffine(invertAffine(turn), { x: x + width / 2 - 0.5, y: y + height / 2 - 0.5 });
  const middle = (INPUT_SIZE - 1) / 2;
  return similarityAbout(centre, -roll, INPUT_SIZE / (MARGIN * Math.max(width, height)), { x: middle, y: middle });
}

export default (): Promise<FaceMeshPredictor> => FaceMeshPredictor.load();
