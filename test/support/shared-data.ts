import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const path = resolve(process.env.LOWRES_LANDMARKS_DATA ?? resolve(import.meta.dirname, '../../../shared/data'));

/** Folder of real datasets that cannot be committed, or undefined where there is none: `describe.skipIf(!sharedData)`. */
export const sharedData: string | undefined = existsSync(path) ? path : undefined;
