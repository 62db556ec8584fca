// Ends with code 7 while a result is on its way from the device; tells when the device is destroyed.
import { writeSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '../../src/backends/use-backend.js';

await useBackend('webgpu');
const { device } = tf.backend() as unknown as { device: { destroy(): void } };
const destroy = device.destroy.bind(device);
device.destroy = () => {
  writeSync(1, 'destroyed');
  destroy();
};
const ones = tf.ones<tf.Rank.R2>([300, 300]);
void tf.matMul(ones, ones).data();
process.exit(7);
