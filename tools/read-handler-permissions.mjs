/**
 * `node tools/read-handler-permissions.mjs <folder>`: writes test/_fixtures/permissions/handlers.json anew from a folder
 * of CloudFormation's registry schemas, such as the unpacked
 * https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip. Types that our constructs do not make
 * are left out. What the folder does not have stays as it is.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMain, root, StepFailed, start } from './commands.mjs';

const DATA = 'test/_fixtures/permissions/handlers.json';
const PUBLISHED = 'https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip';

/** @typedef {{ source: string, create: string[], update: string[], delete: string[] }} HandlerPermissions */

/**
 * The permissions of each type in a folder of schemas.
 *
 * @param {string} folder
 * @returns {Record<string, HandlerPermissions>}
 */
export function readHandlers(folder) {
  /** @type {Record<string, HandlerPermissions>} */
  const read = {};
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { typeName, handlers } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    // Types of the time before the registry have a schema without handlers: nobody says what they call.
    if (typeof typeName !== 'string' || handlers?.create === undefined) continue;
    read[typeName] = {
      source: PUBLISHED,
      create: actions(handlers.create),
      update: actions(handlers.update),
      delete: actions(handlers.delete),
    };
  }
  return read;
}

/**
 * IAM does not tell the case of a service's prefix, and some schemas write it large.
 *
 * @param {{ permissions?: string[] } | undefined} handler
 */
function actions(handler) {
  const names = (handler?.permissions ?? []).map((name) =>
    name.replace(/^[^:]+/, (prefix) => prefix.toLowerCase()),
  );
  return [...new Set(names)].sort();
}

if (isMain(import.meta.url)) {
  await start(async () => {
    const [folder] = process.argv.slice(2);
    if (folder === undefined)
      throw new StepFailed('usage: node tools/read-handler-permissions.mjs <folder of schemas>');
    const file = path.join(root, DATA);
    const known = JSON.parse(readFileSync(file, 'utf8'));
    const used = new Set(
      JSON.parse(readFileSync(path.join(root, 'test/_fixtures/permissions/not-read.json'), 'utf8')),
    );
    const wanted = Object.entries(readHandlers(folder)).filter(([type]) => type in known || used.has(type));
    const merged = { ...known, ...Object.fromEntries(wanted) };
    const sorted = Object.fromEntries(
      Object.entries(merged).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
    console.log(`${DATA}: ${wanted.length} types read; take them out of not-read.json`);
    return 0;
  });
}
