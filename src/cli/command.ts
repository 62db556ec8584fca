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
type SubCommands = Record<string, () => Promise<AnyCommand>>;
const subCommands: SubCommands = {
  detect: async () => (await import('./detect.js')).default,
  train: async () => (await import('./train.js')).default,
  ablate: async () => (await import('./ablate.js')).default,
  compare: async () => (await import('./compare.js')).default,
  evaluate: async () => (await import('./evaluate.js')).default,
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
  const [name = ''] = words;
  if (name === '--version' || name === '-v') {
    stdout.write(`${version}\n`);
    return;
  }
  const found = await findCommand(words);
  if (words.includes('--help') || words.includes('-h')) {
    stdout.write(`${await usage(found)}\n`);
    return;
  }
  try {
    const { command, rest } = found;
    if (command.subCommands) throw noCommand(found);
    assertKnownOptions(rest, command.args as ArgsDef);
    await runCommand(command, { rawArgs: [...rest] });
  } catch (error) {
    // citty's own error, for a required argument that is missing; it does not export the class.
    const isUsageError = error instanceof InvalidArgumentError || (error as Error).name === 'CLIError';
    if (!isUsageError) throw error;
    stderr.write(`${(error as Error).message}\nSee ${['lowres-landmarks', ...found.path, '--help'].join(' ')}.\n`);
    process.exitCode = 2;
  }
}

/** A command of the tree, the words that lead to it, and those that follow. */
interface FoundCommand {
  path: readonly string[];
  command: AnyCommand;
  rest: readonly string[];
}

/** As far down the tree as the words lead: `evaluate landmarks` is two words deep. */
async function findCommand(words: readonly string[]): Promise<FoundCommand> {
  let found: FoundCommand = { path: [], command: main, rest: words };
  for (;;) {
    const { path, command, rest } = found;
    const children = command.subCommands as SubCommands | undefined;
    const [name = ''] = rest;
    if (!children || !Object.hasOwn(children, name)) return found;
    found = { path: [...path, name], command: await children[name]!(), rest: rest.slice(1) };
  }
}

function noCommand({ path, command, rest: [name] }: FoundCommand): InvalidArgumentError {
  const given = name ? `There is no command "${[...path, name].join(' ')}"` : 'No command was given';
  const place = path.length > 0 && !name ? ` after ${path.join(' ')}` : '';
  return new InvalidArgumentError(
    `${given}${place}: use ${Object.keys(command.subCommands as SubCommands).join(', ')}.`,
  );
}

async function usage({ path, command }: FoundCommand): Promise<string> {
  const parent = { meta: { name: ['lowres-landmarks', ...path.slice(0, -1)].join(' '), version } };
  const text = path.length > 0 ? await renderUsage(command, parent) : await renderUsage(main);
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
