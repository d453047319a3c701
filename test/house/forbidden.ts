/** What we agreed not to write, each with the function that finds it. Biome finds the rest. */
import { asNode, identifierName, lineOf, nodesOf, type Source, type SyntaxNode, walk } from './sources';

/** Something that must not stand where it stands. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One agreement: where it holds, and what breaks it. */
export interface Agreement {
  readonly name: string;
  readonly holdsIn: (path: string) => boolean;
  readonly find: (source: Source) => readonly Finding[];
}

const inLib = (path: string) => path.startsWith('lib/');
const printsNothing = (path: string) => /^(lib|bin|examples)\//.test(path) && !path.startsWith('lib/cli/');
/** The host of a function of Lambda. */
const isHandler = (path: string) =>
  /^lib\/constructs\/.+\/runtime\/([\w-]+\.handler|host\/[\w-]+)\.ts$/.test(path);

/** All agreements. */
export const AGREEMENTS: readonly Agreement[] = [
  {
    name: 'only the command line prints: no console',
    holdsIn: printsNothing,
    find: (source) => nodesThat(source, (node) => memberOf(node, 'console'), 'prints; only lib/cli does'),
  },
  {
    name: 'only the command line prints: no process.stdout, no process.stderr',
    // What runs in Lambda writes its log there, and the lines of which CloudWatch makes metrics.
    holdsIn: (path) => printsNothing(path) && !isHandler(path),
    find: (source) =>
      nodesThat(
        source,
        (node) =>
          memberOf(node, 'process') && ['stdout', 'stderr'].includes(identifierName(node.property) ?? ''),
        'prints; only lib/cli does',
      ),
  },
  {
    name: 'errors have a code: no bare Error',
    holdsIn: inLib,
    find: (source) =>
      nodesThat(source, makesBareError, 'makes an error without a code; use TransmissionError'),
  },
  {
    name: 'types are known: no any',
    holdsIn: () => true,
    find: (source) =>
      nodesThat(source, (node) => node.type === 'TsKeywordType' && node.kind === 'any', `says 'any'`),
  },
  {
    name: 'ARNs hold in every partition: no literal arn:aws:',
    holdsIn: (path) => inLib(path) && path.endsWith('.ts'),
    find: findLiteralArns,
  },
  {
    name: 'a finding of biome is ignored with a reason only',
    holdsIn: () => true,
    find: findIgnoresWithoutReason,
  },
  {
    name: 'names do not age: no secure, modern, recommended in what is exported',
    holdsIn: inLib,
    find: findAgeingNames,
  },
];

function nodesThat(source: Source, test: (node: SyntaxNode) => boolean, message: string): Finding[] {
  return nodesOf(source)
    .filter(test)
    .map((node) => ({ path: source.path, line: lineOf(source, node), message }));
}

/** `name.x`, `name['x']`, and the same on globalThis. */
function memberOf(node: SyntaxNode, name: string): boolean {
  if (node.type !== 'MemberExpression') {
    return false;
  }
  if (identifierName(node.object) === name) {
    return true;
  }
  return (
    asNode(node.object)?.type === 'MemberExpression' && identifierName(asNode(node.object)?.property) === name
  );
}

function makesBareError(node: SyntaxNode): boolean {
  return (
    (node.type === 'NewExpression' || node.type === 'CallExpression') &&
    /^(Error|TypeError|RangeError|SyntaxError|AggregateError)$/.test(identifierName(node.callee) ?? '')
  );
}

/** A comment `literal-arn: <reason>` on the line or the one before allows one: some names are never elsewhere. */
function findLiteralArns(source: Source): Finding[] {
  const lines = source.text.split('\n');
  const isExplained = (line: number) =>
    [lines[line - 1], lines[line - 2]].some((text) => /\/\/ literal-arn: \S.{9,}/.test(text ?? ''));
  const holdsArn = (node: SyntaxNode) =>
    (node.type === 'StringLiteral' && String(node.value).includes('arn:aws:')) ||
    (node.type === 'TemplateElement' && String(node.raw).includes('arn:aws:'));
  return nodesThat(source, holdsArn, 'names the partition aws; use the partition of the stack').filter(
    (finding) => !isExplained(finding.line),
  );
}

function findIgnoresWithoutReason(source: Source): Finding[] {
  return source.text.split('\n').flatMap((text, index) => {
    const isIgnore = /(\/\/|\/\*|<!--|#)\s*biome-ignore/.test(text);
    const hasReason = /biome-ignore(-all|-start|-end)?\s+[\w/]+(\([^)]*\))?\s*:\s*\S.{9,}/.test(text);
    const message = 'ignores a finding of biome without saying why';
    return isIgnore && !hasReason ? [{ path: source.path, line: index + 1, message }] : [];
  });
}

const AGEING_WORDS = new Set(['secure', 'modern', 'recommended']);

/** Names that are not ours to choose: this package, and what AWS calls its things. */
const GIVEN_NAMES = /secure_?transmission|secure_?transport|secure_?string/gi;

function findAgeingNames(source: Source): Finding[] {
  return exportedNames(source)
    .filter(({ name }) => wordsOf(name.replaceAll(GIVEN_NAMES, '_')).some((word) => AGEING_WORDS.has(word)))
    .map(({ name, node }) => ({
      path: source.path,
      line: lineOf(source, node),
      message: `exports '${name}'; say what it is instead`,
    }));
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
}

/** The names a file exports, and those of the members of what it exports. */
function exportedNames(source: Source): { name: string; node: SyntaxNode }[] {
  const names: { name: string; node: SyntaxNode }[] = [];
  const add = (node: SyntaxNode, ...nameNodes: readonly unknown[]) => {
    for (const name of nameNodes.map(identifierName)) {
      if (name !== undefined) {
        names.push({ name, node });
      }
    }
  };
  for (const node of nodesOf(source)) {
    if (node.type === 'ExportSpecifier') {
      add(node, node.exported ?? node.orig);
    } else if (node.type === 'ExportNamespaceSpecifier') {
      add(node, node.name);
    } else if (node.type === 'ExportDeclaration') {
      const declaration = asNode(node.declaration);
      add(node, declaration?.identifier, declaration?.id);
      walk(declaration?.declarations, (part) => part.type === 'VariableDeclarator' && add(part, part.id));
      walk(
        [declaration?.body, declaration?.members],
        (part) => MEMBERS.has(part.type) && add(part, part.key, part.id),
      );
    }
  }
  return names;
}

const MEMBERS = new Set([
  'ClassProperty',
  'ClassMethod',
  'TsPropertySignature',
  'TsMethodSignature',
  'TsEnumMember',
]);

const FOLDERS_THAT_NAME_NOTHING = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.[cm]?[jt]s$)/;

/** The paths with a folder or file whose name says nothing about what is in it. */
export function namelessPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => FOLDERS_THAT_NAME_NOTHING.test(path));
}
