import { groupedBy } from '../core/grouped-by';
import { acceptedAs } from './accepted';
import { sarifText, uriOf, visible } from './escape';
import { sentence } from './phrase';
import type { Place } from './place';
import type { Repair } from './repair';
import { SARIF_LEVELS } from './sarif-limits';
import { type Acceptance, type FindingView, placesOf, resourceName, type Suppression } from './view';

/** A finding as a result of SARIF. */
export function resultOf(finding: FindingView, ruleIndex: number | undefined) {
  const { rule, level, message, counterexample, fix, repair, fingerprint } = finding;
  const { pack, verdict, stack, logicalId, type, property, when } = finding;
  const parts = [
    `${message}.`,
    ...(counterexample === undefined ? [] : [`So: ${counterexample}.`]),
    `Fix: ${sentence(repair?.about ?? fix)}`,
  ];
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: SARIF_LEVELS[level],
    message: { text: sarifText(parts.join(' ')) },
    locations: locationsOf(finding),
    // GitHub compares this one key alone, and takes it for a hash of a line with a counter.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'findingIdentity/v2': fingerprint },
    // Where one result of a run has suppressions, all must have some (SARIF 2.1.0, 3.27.23): none is an empty list.
    suppressions: suppressionsOf(finding),
    ...(repair === undefined ? {} : { fixes: [fixOf(repair)] }),
    properties: {
      pack,
      level,
      verdict,
      stack,
      logicalId,
      resourceType: type,
      property,
      ...(when && { when }),
    },
  };
}

function suppressionsOf(finding: FindingView) {
  const { suppressed, known } = finding;
  return [
    ...(suppressed === undefined ? [] : [suppressionOf(suppressed)]),
    ...(known === undefined ? [] : [knownOf(known, acceptedAs(finding)?.why ?? '')]),
  ];
}

/** SARIF has no words for owner and end: they stand in its property bag (3.35, 3.8), as text. */
function suppressionOf({ reason, isExternal, id: _, ...by }: Suppression) {
  const properties = Object.fromEntries(
    Object.entries(by).map(([key, value]) => [key, visible(value, 4000)]),
  );
  return {
    kind: isExternal ? 'external' : 'inSource',
    status: 'accepted',
    justification: visible(reason, 4000),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

function knownOf({ owner, since, expires }: Acceptance, why: string) {
  return {
    kind: 'external',
    status: 'accepted',
    justification: visible(`known ${why}`, 4000),
    properties: { owner: visible(owner), since: visible(since), expires: visible(expires) },
  };
}

/** The line of code first, since a service annotates the first place only. */
function locationsOf(finding: FindingView) {
  const logicalLocations = [
    {
      name: visible(finding.logicalId),
      fullyQualifiedName: visible(resourceName(finding)),
      kind: 'resource',
    },
  ];
  const places = placesOf(finding);
  if (places.length === 0) return [{ logicalLocations }];
  return places.map((place) => ({ physicalLocation: physicalLocation(place), logicalLocations }));
}

function physicalLocation({ file, line = 1, column }: Place) {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: column === undefined ? { startLine: line } : { startLine: line, startColumn: column },
  };
}

/** What is inserted stands there to the letter: it is for programs, and nobody is sent anywhere by it. */
function fixOf({ about, edits }: Repair) {
  return {
    description: { text: sarifText(sentence(about)) },
    artifactChanges: [...groupedBy(edits, ({ file }) => file)].map(([file, ofFile]) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: ofFile.map(({ start, end, text }) => ({
        deletedRegion: {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
        },
        ...(text === '' ? {} : { insertedContent: { text } }),
      })),
    })),
  };
}
