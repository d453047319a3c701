import { dirname } from 'node:path';

/**
 * The copies of aws-cdk-lib that this process has loaded.
 *
 * With two of them, `instanceof` in cdk-nag's rules answers false for every resource, so that its packs pass
 * silently. Ours read templates and are not affected; they say so, since nothing else does.
 */
export function loadedCopiesOfCdk(loaded: readonly string[] = Object.keys(require.cache)): string[] {
  const roots = loaded.flatMap((file) => {
    const end = file.replaceAll('\\', '/').lastIndexOf('/node_modules/aws-cdk-lib/');
    return end === -1 ? [] : [dirname(file.slice(0, end + '/node_modules/aws-cdk-lib/'.length))];
  });
  return [...new Set(roots.map((root) => `${root}/aws-cdk-lib`))].sort();
}
