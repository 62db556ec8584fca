import { createRequire } from 'node:module';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { InvalidArgumentError } from '../errors.js';
import type { CommandOutput } from './run-command.js';

// The same path from src/cli and dist/cli.
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

// biome-ignore lint/suspicious/noExplicitAny: commands of different arguments, as citty's own type of subcommands has it.
type AnyCommand = CommandDef<any>;

// Loaded when called: `detect` must not wait for what only training needs.
const subCommands: Record<string, () => Promise<AnyCommand>> = {
  detect: async () => (await import('./detect.js')).default,
  train: async () => (await import('./train.js')).default,
  ablate: async () => (await import('./ablate.js')).default,
};

/** The command tree of `lowres-landmarks`. */
export const main = defineCommand({
  meta: { name: 'lowres-landmarks', version, description: 'Facial landmarks on low-resolution faces.' },
  subCommands,
});

/**
 * Runs a command line, and sets `process.exitCode`: 0 when all went well, 1 when some of the work failed, 2 when the command could
 * not be carried out as given.
 *
 * @param words What follows `lowres-landmarks`.
 */
export async function runMain(words: readonly string[], { stdout, stderr }: CommandOutput = process): Promise<void> {
  const [name = '', ...rest] = words;
  const load = Object.hasOwn(subCommands, name) ? subCommands[name] : undefined;
  if (name === '--version' || name === '-v') {
    stdout.write(`${version}\n`);
    return;
  }
  if (words.includes('--help') || words.includes('-h')) {
    stdout.write(`${await usage(await load?.())}\n`);
    return;
  }
  try {
    if (!load) {
      const given = name ? `There is no command "${name}"` : 'No command was given';
      throw new InvalidArgumentError(`${given}: use ${Object.keys(subCommands).join(', ')}.`);
    }
    const command = await load();
    assertKnownOptions(rest, command.args as ArgsDef);
    await runCommand(command, { rawArgs: rest });
  } catch (error) {
    // citty's own error, for a required argument that is missing; it does not export the class.
    const isUsageError = error instanceof InvalidArgumentError || (error as Error).name === 'CLIError';
    if (!isUsageError) throw error;
    stderr.write(`${(error as Error).message}\nSee lowres-landmarks ${load ? `${name} ` : ''}--help.\n`);
    process.exitCode = 2;
  }
}

async function usage(command: AnyCommand | undefined): Promise<string> {
  const text = command ? await renderUsage(command, main) : await renderUsage(main);
  return process.stdout.isTTY ? text : stripVTControlCharacters(text);
}

/** citty takes any option, so that a mistyped one would be ignored without a word: Node's own strict parser looks first. */
function assertKnownOptions(words: readonly string[], args: ArgsDef): void {
  const options = Object.entries(args)
    .filter(([, { type }]) => type !== 'positional')
    .map(([name, { type }]) => [name, { type: type === 'boolean' ? 'boolean' : 'string' }] as const);
  try {
    parseArgs({ args: [...words], options: Object.fromEntries(options), allowPositionals: true, strict: true });
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message, { cause: error });
  }
}
