import type { TlsVersion } from '../../../../core/tls';
import type { Cursor } from '../../../template';

import { isVersionAtLeast } from '../../engine-version';
import { hidden, none, type Observed, observe, stated } from '../../observed';
import { type ParameterGroup, parametersOf, requiredBySwitch } from '../../parameter-group';
import {
  type DatabaseEngine,
  engineNamed,
  oldestOf,
  SQL_SERVER_VERSIONS,
  splitFamily,
  sqlServerOffersOldTls,
} from './engines';

/** What a database demands of its clients. */
export interface Requirement {
  readonly protocol: Observed<'tls' | 'tls-or-plaintext'>;
  readonly floor: Observed<TlsVersion>;
}

/** What a database demands, from its engine and the parameter group that holds for it. */
export function requirementOf(view: Cursor, groupName: Cursor, group: ParameterGroup): Requirement {
  if (group.source === 'elsewhere') return notTold(groupName, group.why);
  const family = familyOf(group);

  const engineAt = view.at('Engine');
  const given = engineAt.string();
  if (given.state === 'unresolved') return notTold(engineAt, given.why);
  const engineName = given.state === 'given' ? given.value : family.engine;
  if (engineName === undefined) {
    return notTold(engineAt, 'Engine is absent: the snapshot or source that is restored decides it');
  }
  const engine = engineNamed(engineName);
  if ('why' in engine) return notTold(engineAt, engine.why);

  const place = group.source === 'app' ? parametersOf(group.view).at(engine.parameter) : groupName;
  const version = versionOf(view, family.version);
  const protocol =
    group.source === 'app' && place.isPresent
      ? requiredBySwitch(place, false)
      : byDefault(view, place, engine, version);
  return { protocol, floor: floorOf(view, groupName, group, engine, version) };
}

function notTold(at: Cursor, why: string): Requirement {
  return { protocol: hidden(at, why), floor: none(at) };
}

interface Family {
  readonly engine: string | undefined;
  readonly version: string | undefined;
}

/** The family of a group; empty where its name does not tell. */
function familyOf(group: ParameterGroup): Family {
  if (group.source === 'elsewhere') return { engine: undefined, version: undefined };
  const given = group.source === 'app' ? group.view.at('Family').string() : undefined;
  const family =
    group.source === 'default' ? group.family : given?.state === 'given' ? given.value : undefined;
  const parts = family === undefined ? undefined : splitFamily(family);
  return { engine: parts?.engine, version: parts?.version };
}

type Version = { readonly known: string } | { readonly why: string };

function versionOf(view: Cursor, ofFamily: string | undefined): Version {
  const given = view.at('EngineVersion').string();
  // The engine's version has more digits than the family's, and both must agree at deployment.
  if (given.state === 'given') return { known: given.value };
  if (ofFamily !== undefined) return { known: ofFamily };
  return { why: given.state === 'unresolved' ? given.why : 'EngineVersion is absent' };
}

function byDefault(
  view: Cursor,
  place: Cursor,
  engine: DatabaseEngine,
  version: Version,
): Requirement['protocol'] {
  const { requiredFrom } = engine;
  if (requiredFrom === undefined) return stated(place, 'tls-or-plaintext');
  if ('why' in version) {
    return hidden(
      view.at('EngineVersion'),
      `${version.why}, and ${engine.name} requires TLS by default only from version ${requiredFrom}`,
    );
  }
  return stated(place, isVersionAtLeast(version.known, requiredFrom) ? 'tls' : 'tls-or-plaintext');
}

/**
 * The oldest version of TLS that is taken. What neither a parameter nor AWS's documentation tells is not known, and is
 * not `given`: no template hides it.
 */
function floorOf(
  view: Cursor,
  groupName: Cursor,
  group: ParameterGroup,
  engine: DatabaseEngine,
  version: Version,
): Requirement['floor'] {
  if (
    'known' in version &&
    engine.tls12From !== undefined &&
    isVersionAtLeast(version.known, engine.tls12From)
  ) {
    return stated(view.at('EngineVersion'), 'TLSv1.2');
  }
  const parameters = group.source === 'app' ? parametersOf(group.view) : undefined;
  if (engine.name.startsWith('sqlserver-')) return sqlServerFloor(view, groupName, parameters, version);
  if (engine.versionsParameter === undefined) return none(view);
  const at = parameters?.at(engine.versionsParameter);
  return at?.isPresent
    ? observe<TlsVersion, string>(at, at.string(), { map: oldestOf, otherwise: undefined })
    : floorByDefault(at ?? groupName, engine, engine.versionsParameter, version);
}

function floorByDefault(
  place: Cursor,
  { name, tls10Below, tls12ByDefaultFrom }: DatabaseEngine,
  parameter: string,
  version: Version,
): Requirement['floor'] {
  const isAtLeast = (floor: string | undefined) =>
    floor !== undefined && 'known' in version ? isVersionAtLeast(version.known, floor) : undefined;
  if (isAtLeast(tls10Below) === false) return stated(place, 'TLSv1.0');
  if (isAtLeast(tls12ByDefaultFrom)) return stated(place, 'TLSv1.2');
  const { got } = stated(place, undefined);
  const which = 'known' in version ? `version ${version.known} of ${name}` : name;
  const why = `AWS does not document what ${parameter} is where a parameter group of ${which} leaves it alone`;
  return { ...hidden(place, 'known' in version ? why : `${why}, and ${version.why}`, { given: false }), got };
}

/** SQL Server switches versions one by one; what a group leaves alone depends on the minor version. */
function sqlServerFloor(
  view: Cursor,
  groupName: Cursor,
  parameters: Cursor | undefined,
  running: Version,
): Requirement['floor'] {
  const byDefault = 'known' in running ? sqlServerOffersOldTls(running.known) : undefined;
  for (const [parameter, version] of SQL_SERVER_VERSIONS) {
    const at = parameters?.at(parameter) ?? groupName;
    const value = parameters === undefined ? ({ state: 'absent' } as const) : at.string();
    if (value.state === 'unresolved') return hidden(at, value.why);
    const word = value.state === 'given' ? value.value.toLowerCase() : 'default';
    if (word === 'disabled') continue;
    if (word !== 'enabled' && word !== 'default') return hidden(at, `${word} is not a value we know`);
    if (word === 'default' && byDefault === undefined) {
      const why = `whether ${parameter} is on by default depends on the minor version, which it does not name`;
      // AWS documents it: the template hides which it is.
      return hidden(view.at('EngineVersion'), 'known' in running ? why : running.why, { given: true });
    }
    if (word === 'enabled' || byDefault) return stated(at, version, { given: word === 'enabled' });
  }
  return stated(parameters ?? groupName, 'TLSv1.2', { given: parameters !== undefined });
}
