// The values of placeholders in blocks that are run.
import { readImage } from 'lowres-landmarks/node';

export const canvas = await readImage(new URL('../../examples/faces/eileen-collins-24px.png', import.meta.url));
