import type { Span } from '../../judge/load/places';
import { type Node, namesOf, type Source, type Statement, spanOf, textIn } from './syntax';

const PACKAGE = 'aws-cdk-lib';

/** A name of a module of aws-cdk-lib, and how a file writes what else the module has. */
export interface Imported {
  /** The module, such as `aws-s3`. */
  readonly module: string;
  /** What it is called there: `Bucket`. */
  readonly name: string;
}

/** Where a file names what it imports from one module, one by one. */
interface NamedImport {
  readonly module: string;
  /** The last name in the braces: another one goes after it. */
  readonly last: Span;
}

/** What a file has of the modules of aws-cdk-lib, in any form: `import`, `import = require()`, `require()`. */
export class Imports {
  /** Names of whole modules, such as `s3`; the package itself has the module ``. */
  readonly #namespaces = new Map<string, string>();
  readonly #names = new Map<string, Imported>();
  readonly #lists: NamedImport[] = [];

  constructor(source: Source) {
    for (const statement of source.program.body) this.#read(statement);
  }

  /** What `s3.Bucket`, `cdk.aws_s3.Bucket` or `Bucket` stands for. */
  find(callee: Node): Imported | undefined {
    const names = namesOf(callee);
    const [first = '', ...rest] = names ?? [];
    const name = rest.at(-1);
    if (name === undefined) return this.#names.get(first);
    const module = this.#namespaces.get(first);
    if (module === undefined) return undefined;
    if (module !== '') return rest.length === 1 ? { module, name } : undefined;
    const [below = '', ...others] = rest;
    return below.startsWith('aws_') && others.length === 1 ? { module: moduleOf(below), name } : undefined;
  }

  /** Whether a name, or the first of several with dots, is one of aws-cdk-lib. */
  isOfPackage(node: Node): boolean {
    const [first = ''] = namesOf(node) ?? [];
    return this.#namespaces.has(first) || this.#names.has(first);
  }

  /** How the file can write a name of a module, and the import that it needs for it. */
  nameFor(
    { module, name }: Imported,
    text: string,
  ): { readonly text: string; readonly add?: { readonly at: number; readonly text: string } } | undefined {
    for (const [local, known] of this.#names) {
      if (known.module === module && known.name === name) return { text: local };
    }
    for (const [local, of] of this.#namespaces) {
      if (of === module) return { text: `${local}.${name}` };
    }
    const list = this.#lists.find((one) => one.module === module);
    if (list === undefined) {
      const [whole] = [...this.#namespaces].find(([, of]) => of === '') ?? [];
      return whole === undefined ? undefined : { text: `${whole}.${module.replaceAll('-', '_')}.${name}` };
    }
    // A name that the file uses for something else is not free.
    if (new RegExp(`\\b${name}\\b`).test(text)) return undefined;
    const line = text.slice(text.lastIndexOf('\n', list.last.start) + 1, list.last.start);
    const separator = line.trim() === '' ? `,${text.includes('\r\n') ? '\r\n' : '\n'}${line}` : ', ';
    return { text: name, add: { at: list.last.end, text: separator + name } };
  }

  #read(statement: Statement): void {
    if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type') {
      const from = statement.source.value;
      const named = statement.specifiers.flatMap((specifier) => {
        const local = specifier.local.name;
        if (specifier.type !== 'ImportSpecifier') {
          this.#whole(local, from);
          return [];
        }
        const { imported } = specifier;
        this.#named(local, imported.type === 'Identifier' ? imported.name : imported.value, from);
        return [spanOf(specifier)];
      });
      this.#list(from, named);
    } else if (statement.type === 'TSImportEqualsDeclaration') {
      const { moduleReference: reference, id } = statement;
      if (reference.type === 'TSExternalModuleReference') this.#whole(id.name, reference.expression.value);
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (
          init?.type !== 'CallExpression' ||
          init.callee.type !== 'Identifier' ||
          init.callee.name !== 'require'
        )
          continue;
        const from = textIn(init.arguments[0]) ?? '';
        if (id.type === 'Identifier') this.#whole(id.name, from);
        if (id.type !== 'ObjectPattern') continue;
        const named = id.properties.flatMap((property) => {
          if (property.type !== 'ObjectProperty') return [];
          const { key, value } = property;
          if (key.type !== 'Identifier' || value.type !== 'Identifier') return [];
          this.#named(value.name, key.name, from);
          return [spanOf(property)];
        });
        if (named.length === id.properties.length) this.#list(from, named);
      }
    }
  }

  #whole(local: string, from: string): void {
    const module = moduleIn(from);
    if (module !== undefined) this.#namespaces.set(local, module);
  }

  #named(local: string, name: string, from: string): void {
    const module = moduleIn(from);
    if (module === undefined) return;
    if (module === '' && name.startsWith('aws_')) this.#namespaces.set(local, moduleOf(name));
    else this.#names.set(local, { module, name });
  }

  #list(from: string, named: readonly Span[]): void {
    const module = moduleIn(from);
    const last = named.at(-1);
    if (module !== undefined && last !== undefined) this.#lists.push({ module, last });
  }
}

function moduleIn(from: string): string | undefined {
  if (from === PACKAGE) return '';
  return from.startsWith(`${PACKAGE}/aws-`) ? from.slice(PACKAGE.length + 1) : undefined;
}

/** `aws_s3` is how the package itself names `aws-s3`. */
function moduleOf(name: string): string {
  return name.replaceAll('_', '-');
}
