import { Command } from 'commander';
import { DEFAULT_MAX_PIXELS } from '../images/image-input.js';
import { backendOption, parsePoints, wholeNumber } from './option-parsers.js';
import { runCommand } from './run-command.js';
import type { DetectOptions } from './run-detect.js';

/** `lowres-landmarks detect`. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('Find the landmarks of faces in image files.')
    .argument('<images...>', 'image files, folders or glob patterns')
    .option(
      '--boxes <file>',
      'face boxes, as CSV (file,x,y,width,height) or JSON; without, each image is one face crop',
    )
    .option('--points <number>', 'points per face: 68, 19 or 5', parsePoints, 68)
    .option('--out <path>', 'write a .json, .csv or .pts file, or a folder/ of .pts files; without, print a table')
    .option('--json', 'print the results as JSON')
    .option('--draw <folder>', 'save a picture of each image with its landmarks in this folder')
    .addOption(backendOption())
    .option('--max-pixels <number>', 'refuse larger images', wholeNumber(1), DEFAULT_MAX_PIXELS)
    .option('--workers <number>', 'threads to share many faces; at most one per core', wholeNumber(1), 1)
    .action((images: string[], options: DetectOptions) =>
      runCommand(async (output, signal) => {
        const { runDetect } = await import('./run-detect.js');
        return runDetect(images, options, output, signal);
      }),
    );
}
