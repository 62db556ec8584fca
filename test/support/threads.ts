/** How many worker threads this process has. */
export function threadCount(): number {
  const { workers } = process.report.getReport() as unknown as { workers: unknown[] };
  return workers.length;
}
