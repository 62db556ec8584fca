import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './code-blocks.js';

const { scripts, peerDependencies, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Programs that a reader has or installs, and whose options are their own. */
const FOREIGN = ['tensorboard', 'node', 'npx', 'apt', 'git'];

/** What is wrong with the commands of a shell block: npm scripts, packages, commands and options that do not exist. */
export function shellErrors(code: string): string[] {
  return code
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map((command) => command.trim().split(/\s+/))
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
    .filter(([program]) => program)
    .flatMap(commandErrors);
}

function commandErrors([program, ...words]: string[]): string[] {
  if (program === 'npm') return npmErrors(words);
  if (program === name) return optionErrors(words);
  return FOREIGN.includes(program!) ? [] : [`there is no command ${program}`];
}

function npmErrors([command, ...words]: string[]): string[] {
  const plain = words.filter((word) => !word.startsWith('-'));
  if (command === 'ci' || command === 'rebuild') return [];
  if (command === 'test') return scripts.test ? [] : ['there is no script test'];
  if (command === 'run') return scripts[plain[0]!] ? [] : [`there is no script ${plain[0]}`];
  if (command !== 'install') return [`npm ${command} is not known to this test`];
  const known = [name, ...Object.keys(peerDependencies)];
  return plain
    .map((word) => word.replace(/(?<=.)@.*$/, ''))
    .filter((one) => !known.includes(one))
    .map((one) => `${one} is no peer of this package`);
}

/** Options that the command's own help does not have. */
function optionErrors(words: string[]): string[] {
  const first = words.findIndex(
    (word, index) => word.startsWith('-') || (index > 0 && words[0] !== 'evaluate') || index > 1,
  );
  const commands = first < 0 ? words : words.slice(0, first);
  const help = helpOf(commands.join(' '));
  if (!help.includes(`${name} ${commands.join(' ')}`)) return [`there is no command ${commands.join(' ')}`];
  return words
    .filter((word) => word.startsWith('-'))
    .filter((option) => !new RegExp(`(^|[\\s,])${option}(?![\\w-])`, 'm').test(help))
    .map((option) => `${commands.join(' ')} has no option ${option}`);
}

const helps = new Map<string, string>();

function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const help = execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...command.split(' '), '--help'], {
    encoding: 'utf8',
  });
  helps.set(command, help);
  return help;
}
