import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Chromium brings SwiftShader, and a Vulkan loader for machines that have none.
const folder = process.env.SWIFTSHADER_PATH ?? '/usr/lib/chromium';
const driver = join(folder, 'vk_swiftshader_icd.json');

/** Whether there is a Vulkan driver in software to test WebGPU on. */
export const hasSwiftShader = process.platform === 'linux' && existsSync(driver);

/** What a process must be started with to use SwiftShader. It is read when libraries are loaded: changing it later does nothing. */
export const swiftShaderEnvironment: Record<string, string> = {
  VK_DRIVER_FILES: driver,
  VK_ICD_FILENAMES: driver, // For loaders from before 2022.
  LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
};
