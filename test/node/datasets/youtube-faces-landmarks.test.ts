import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../../src/datasets/dataset.js';
import { splitByGroup } from '../../../src/datasets/dataset-tools.js';
import { DatasetError, InvalidImageError } from '../../../src/errors.js';
import { openYouTubeFaces } from '../../../src/node/datasets/youtube-faces-landmarks.js';
import { points68, writeYouTubeFaces } from '../../support/faces/data-folders.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const groups = (dataset: LandmarkDataset) => Array.from({ length: dataset.length }, (_, i) => dataset.group(i));
const frames = { training: ['Ann_Lee_00.jpg', 'Ann_Lee_01.jpg', 'Bo_12.jpg'], test: ['Ann_Lee_10.jpg', 'Cy_20.jpg'] };

describe('openYouTubeFaces', () => {
  it('joins both parts, each read from its own folder, and groups by person', async () => {
    const folder = await temporaryFolder();
    await writeYouTubeFaces(folder, frames);
    const dataset = await openYouTubeFaces(folder);
    expect([dataset.length, dataset.scheme]).toEqual([5, 68]);
    expect(groups(dataset)).toEqual(['Ann_Lee', 'Ann_Lee', 'Bo', 'Ann_Lee', 'Cy']);
    const { id, image, points } = await dataset.get(4);
    expect(id).toBe('Cy_20.jpg');
    expect(points).toEqual(points68(1));
    expect([image.width, image.height]).toEqual([60, 50]);
  });

  it('refuses a missing or malformed list when it is opened, and names it', async () => {
    const folder = await temporaryFolder();
    await expect(openYouTubeFaces(folder)).rejects.toThrow(DatasetError);
    await writeYouTubeFaces(folder, frames);
    await writeFile(join(folder, 'test_frames_keypoints.csv'), ',0\nA_1.jpg,3');
    await expect(openYouTubeFaces(folder)).rejects.toThrow(/test_frames_keypoints\.csv, line 2/);
    await rm(join(folder, 'test_frames_keypoints.csv'));
    await expect(openYouTubeFaces(folder)).rejects.toThrow('test_frames_keypoints.csv');
  });

  it('refuses a missing frame when it is read, and names it', async () => {
    const folder = await temporaryFolder();
    await writeYouTubeFaces(folder, frames);
    await rm(join(folder, 'training', 'Bo_12.jpg'));
    const dataset = await openYouTubeFaces(folder);
    await expect(dataset.get(2)).rejects.toThrow(InvalidImageError);
    await expect(dataset.get(2)).rejects.toThrow('Bo_12.jpg');
  });
});

describe.skipIf(!sharedData)('openYouTubeFaces on real data', () => {
  it('reads 3544 frames of 289 people, and a split keeps each person on one side', async () => {
    const dataset = await openYouTubeFaces(join(sharedData!, 'ytf'));
    expect(dataset.length).toBe(3544);
    expect(new Set(groups(dataset)).size).toBe(289);
    const { training, validation } = splitByGroup(dataset, 0.1, 0);
    const people = new Set(groups(training));
    expect(validation.length).toBeGreaterThan(100);
    expect(groups(validation).some((person) => people.has(person))).toBe(false);
    for (let index = 0; index < dataset.length; index += 300) {
      const { image, points } = await dataset.get(index);
      expect(Math.max(image.width, image.height)).toBeLessThanOrEqual(224);
      const inside = points.filter(({ x, y }) => x >= 0 && y >= 0 && x < image.width && y < image.height);
      expect(inside.length).toBeGreaterThan(50);
    }
  });
});
