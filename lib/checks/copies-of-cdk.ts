/** A file of aws-cdk-lib that is its own, not a dependency's, wherever the package lies: `npm link` leaves node_modules. */
const OWN_FILE =
  /^(.*\/aws-cdk-lib)\/(?:index\.js|(?:core|cx-api|(?:aws|alexa)-[a-z0-9-]+)\/(?:index\.js|lib\/.+))$/;

/**
 * The copies of aws-cdk-lib that this process has loaded.
 *
 * With two of them, `instanceof` in cdk-nag's rules answers false for every resource, so that its packs pass
 * silently. Ours read templates and are not affected; they say so, since nothing else does.
 *
 * Node knows a module by its real path, so that the links of pnpm make no second copy. Under `--preserve-symlinks`
 * they do: that is one folder loaded twice, with two sets of classes, and is said as well.
 */
export function loadedCopiesOfCdk(loaded: readonly string[] = Object.keys(require.cache)): string[] {
  const roots = loaded.flatMap((file) => OWN_FILE.exec(file.replaceAll('\\', '/'))?.[1] ?? []);
  return [...new Set(roots)].sort();
}
