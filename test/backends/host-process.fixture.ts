// An application that logs what nobody has caught and goes on, before and after a detection. Prints what it logged, and its listeners.
const logged: string[] = [];
process.on('unhandledRejection', (error) => logged.push((error as Error).message));
process.on('uncaughtException', (error) => logged.push(error.message));

const { detectLandmarksLR } = await import('../../src/detect/detect-landmarks-lr.js');
await detectLandmarksLR({ data: new Uint8Array(24 * 24 * 3).fill(90), width: 24, height: 24 });
const own = () => {};
process.on('unhandledRejection', own);

Promise.reject(new Error('a rejection of its own'));
setTimeout(() => {
  throw new Error('an exception of its own');
});
setTimeout(() => {
  const listeners = [process.listenerCount('unhandledRejection'), process.listenerCount('uncaughtException')];
  process.stdout.write(`${JSON.stringify({ logged, listeners })}\n`);
}, 100);

export {};
