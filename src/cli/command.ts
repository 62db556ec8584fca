import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { ablateCommand, compareCommand, detectCommand, evaluateCommand, trainCommand } from './commands.js';
import type { CommandOutput } from './run-command.js';

// The same path from src/cli and dist/cli.
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/**
 * Runs a command line, and sets `process.exitCode`: 0 for success, 1 when some of the work failed or was stopped, 2 for
 * a command that could not run.
 *
 * @param words What follows `lowres-landmarks`.
 */
export async function runMain(words: readonly string[], output: CommandOutput = process): Promise<void> {
  const program = new Command('lowres-landmarks')
    .description('Facial landmarks on low-resolution faces.')
    .version(version, '-v, --version')
    .addCommand(detectCommand())
    .addCommand(trainCommand())
    .addCommand(ablateCommand())
    .addCommand(compareCommand())
    .addCommand(evaluateCommand());
  configure(program, program.name(), output);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander has written the error, or the help.
    if (error.exitCode !== 0) process.exitCode = 2;
  }
}

/** By default commander ends the process, writes to its streams, and does not show which options are required. */
function configure(command: Command, words: string, output: CommandOutput): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
    })
    .showHelpAfterError(`See ${words} --help.`);
  for (const option of command.options) if (option.mandatory) option.description += ' (required)';
  for (const child of command.commands) configure(child, `${words} ${child.name()}`, output);
}
