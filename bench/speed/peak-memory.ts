import { readFile } from 'node:fs/promises';

/** The most memory that this process has held, in bytes. */
export async function peakMemory(): Promise<number> {
  // Linux starts a process's maxRSS at its parent's, which may be larger than all that the process ever holds.
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}
