import { InvalidArgumentError } from '../errors.js';

/** The file name under which results of that name are kept. */
export function fileNameOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/**
 * Asserts that results of these names are kept in different files.
 *
 * @param what What is named, in the plural: `predictors`.
 * @throws InvalidArgumentError
 */
export function assertFileNames(names: readonly string[], what: string): void {
  const files = names.map(fileNameOf);
  const index = files.findIndex((file, place) => files.indexOf(file) !== place);
  if (index === -1) return;
  const [name, other] = [names[index]!, names[files.indexOf(files[index]!)]!];
  const both = name === other ? name : `${other} and ${name}, which is one file name`;
  throw new InvalidArgumentError(`Two ${what} are named ${both}: rename one.`);
}
