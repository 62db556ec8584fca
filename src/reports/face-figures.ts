import { drawFaceErrors, type FaceToDraw } from '../drawing/draw-face-errors.js';
import type { ReportFigure } from './report.js';

/** A face to show in a report. */
export interface FaceFigure extends FaceToDraw {
  /** Names it: its file, or its place in the dataset. */
  id: string;
  /** As a share of the face's size; infinite or NaN where it failed. */
  error: number;
  /** Why it failed. */
  failure?: string | undefined;
}

/** Faces with annotated and predicted points, each with its name and error below, as figures of a report. */
export function faceFigures(faces: readonly FaceFigure[]): ReportFigure[] {
  return faces.map(({ id, error, failure, ...face }) => ({
    image: drawFaceErrors(face),
    name: id,
    caption: Number.isFinite(error) ? `${(100 * error).toFixed(1)} %` : (failure ?? 'failed'),
  }));
}
