import { isTransmissionError, TransmissionError } from '../../core/errors';
import { parseWaiver } from '../../core/waivers';
import { refuseUnreasonable } from '../load/bounds';
import { parseYamlTemplate } from '../load/yaml-template';
import { type App, isJsonMap, type Json, type Template } from '../template';
import { idOf, isAbout, isNamed, type WaiverEntry } from './entry';
import { apartFromTemplates, placeIn, WAIVER_TYPE } from './place';
import { MOST_WAIVERS, WAIVER_FILE_VERSION, waiverFileSchema } from './waiver-file-schema';

const KEYS = Object.keys(waiverFileSchema.properties);

/**
 * Reads a file of waivers, in YAML or JSON.
 *
 * A waiver in it that is wrong is a finding of its own; only a file that is none of ours is an error.
 *
 * @param file its name, as reports print it
 * @throws TransmissionError where it cannot be parsed, or is of another shape
 */
export function parseWaiverFile(text: string, file: string): readonly WaiverEntry[] {
  const { json, locate } = parsed(text.replace(/^\uFEFF/, ''), file);
  const waivers = listIn(json, file);
  const template = apartFromTemplates(file, { file, locate });
  return waivers.map((item, index) => inFile(template, item, index));
}

function parsed(text: string, file: string): ReturnType<typeof parseYamlTemplate> {
  try {
    refuseUnreasonable(text, file);
    return parseYamlTemplate(text, file);
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    const { where = file, problem } = error;
    const why = problem.replace('CloudFormation template', 'file of waivers');
    throw new TransmissionError('UnreadableConfiguration', why, where, error);
  }
}

function listIn(json: Json, file: string): readonly Json[] {
  const shape = `write version: ${WAIVER_FILE_VERSION} and a list of waivers`;
  const refuse = (message: string, key = '') =>
    new TransmissionError('InvalidConfiguration', message, key === '' ? file : `${file}: ${key}`);
  if (!isJsonMap(json)) throw refuse(`is not a map, ${shape}`);
  const unknown = Object.keys(json).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw refuse(`has no key ${JSON.stringify(unknown.slice(0, 60))}, use only ${KEYS.join(', ')}`);
  }
  if (json.version !== WAIVER_FILE_VERSION) {
    const got = JSON.stringify(json.version) ?? 'nothing';
    throw refuse(`must be ${WAIVER_FILE_VERSION}, got ${got.slice(0, 60)}, correct it`, 'version');
  }
  const { waivers } = json;
  if (!Array.isArray(waivers)) throw refuse(`must be a list, ${shape}`, 'waivers');
  if (waivers.length > MOST_WAIVERS) {
    throw refuse(`must hold at most ${MOST_WAIVERS} waivers, got ${waivers.length}, repair some`, 'waivers');
  }
  return waivers as readonly Json[];
}

function inFile(template: Template, item: Json, index: number): WaiverEntry {
  const found = parseWaiver(item);
  const { construct, template: named, resources } = found.scope;
  const isUnscoped = construct === undefined && named === undefined && resources === undefined;
  const whole = {
    field: '',
    got: 'for the whole app',
    want: 'for a construct, or for a template and a resource in it',
  };
  const broad = isUnscoped && isJsonMap(item) ? [...found.broad, whole] : found.broad;
  const id = idOf(['waiver', found.given.rule ?? '', scopeText(found.scope)]);
  const keys = ['waivers', index];
  return {
    ...found,
    waiver: broad.length === 0 ? found.waiver : undefined,
    broad,
    id,
    carrier: 'file',
    place: placeIn(template, { type: WAIVER_TYPE, name: `Waiver-${id}`, keys }),
    parts: [{ template: undefined, resources }],
  };
}

/** As the same waiver in code would say it: moving it makes no new one. */
function scopeText({ construct, template, resources = [] }: WaiverEntry['scope']): string {
  return construct ?? [...(template === undefined ? [] : [template]), ...resources].join('/');
}

/**
 * Which waivers of a file are for which of several apps: those that name something in it. What names nothing in any of
 * them goes to the first, so that it is told once.
 */
export function waiversFor(apps: readonly App[], entries: readonly WaiverEntry[]): readonly WaiverEntry[][] {
  const isFor = apps.map((app) => new Set(entries.filter((entry) => namesPartOf(app, entry))));
  return apps.map((_, i) =>
    entries.filter((entry) => isFor[i]?.has(entry) || (i === 0 && !isFor.some((some) => some.has(entry)))),
  );
}

function namesPartOf(app: App, entry: WaiverEntry): boolean {
  return app.templates.some(
    (template) =>
      (entry.scope.template === undefined || isNamed(template, entry.scope.template)) &&
      [...template.resources.values()].some((resource) => isAbout(entry, resource)),
  );
}
