import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const LARGEST_BYTES = 4 * 1024 * 1024;

/**
 * What the aws-cdk-lib that an app uses declares.
 *
 * It is found as Node finds it, which may be above the working folder; nothing of it is run, and nothing of it is shown.
 */
export class InstalledCdk {
  readonly #texts = new Map<string, string | undefined>();

  constructor(readonly folder: string) {}

  /** Whether each file of a module holds each of some texts: a name that it lacks would not compile. */
  declares(file: string, module: string, declared: Readonly<Record<string, readonly string[]>>): boolean {
    return Object.entries(declared).every(([name, texts]) => {
      const found = this.#find(dirname(resolve(this.folder, file)), join('aws-cdk-lib', module, name));
      return found !== undefined && texts.every((text) => found.includes(text));
    });
  }

  #find(from: string, name: string): string | undefined {
    for (let at = from; ; at = dirname(at)) {
      const text = this.#read(join(at, 'node_modules', name));
      if (text !== undefined || dirname(at) === at) return text;
    }
  }

  #read(path: string): string | undefined {
    if (this.#texts.has(path)) return this.#texts.get(path);
    let text: string | undefined;
    try {
      if (statSync(path).size <= LARGEST_BYTES) text = readFileSync(path, 'utf8');
    } catch {
      text = undefined;
    }
    this.#texts.set(path, text);
    return text;
  }
}
