#!/usr/bin/env node
import { runMain } from './command.js';

// `lowres-landmarks detect ... | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

await runMain(process.argv.slice(2));
