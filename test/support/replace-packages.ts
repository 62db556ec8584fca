import { register } from 'node:module';

/** By a package's name, the URL of the file that stands in for it, or null where it is to be missing. */
export type Replacements = Record<string, string | null>;

// A package without a replacement is looked for where there are none: the error is Node's own.
const hooks = `
let packages;
export const initialize = (given) => { packages = given; };
export async function resolve(name, context, next) {
  if (!Object.hasOwn(packages, name)) return next(name, context);
  if (packages[name] === null) return next(name, { ...context, parentURL: 'file:///nowhere/module.mjs' });
  return { url: packages[name], shortCircuit: true };
}`;

/** Puts files in the place of packages for everything that this process imports from now on. */
export function replacePackages(packages: Replacements): void {
  register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: packages });
}
