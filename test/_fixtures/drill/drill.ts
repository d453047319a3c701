import { DrilledAlarm, filtersOf } from './drilled-alarm';
import { eventMatches } from './event-pattern';
import type { RecordedEntry, RecordedEvent, RecordedMetric, Recordings } from './recording';
import { type Drilled, listOf, type Properties, resourcesOf } from './template';

/** What came of a drill. */
export interface DrillReport {
  /** What fired each alarm and rule, by `<template>/<logical id>`. */
  readonly fired: Readonly<Record<string, readonly string[]>>;
  /** Alarms and rules that nothing fired, or that would tell nobody: each says why. */
  readonly silent: readonly string[];
  /** Near-misses that fired, and metrics that fire when they are quiet. */
  readonly falseAlarms: readonly string[];
  /** Recordings that fired nothing: an alarm is gone, or was renamed. */
  readonly unused: readonly string[];
}

/** Something of a template that tells somebody. */
interface Teller {
  readonly id: string;
  readonly isHeard: boolean;
  onEvent(recorded: RecordedEvent): boolean;
  onEntry(recorded: RecordedEntry): boolean;
  onMetric(recorded: RecordedMetric): { readonly fires: boolean; readonly quiet: boolean } | undefined;
}

/**
 * Tries every alarm of CloudWatch and every rule of EventBridge in synthesised templates with recorded events, entries and
 * measurements. Rules on a schedule tell nobody of anything, and are left out.
 *
 * @param templates by name, all those of an app: a metric filter may stand in another than its alarm
 */
export function drill(templates: Readonly<Record<string, Drilled>>, recordings: Recordings): DrillReport {
  const { events = [], entries = [], metrics = [], harmless = {} } = recordings;
  const tellers = [...rulesOf(templates), ...alarmsOf(templates)];
  const fired: Record<string, string[]> = {};
  const falseAlarms: string[] = [];
  const used = new Set<string>();
  for (const { id, ...teller } of tellers) {
    const names = [
      ...events.filter((one) => teller.onEvent(one)).map(({ name }) => name),
      ...entries.filter((one) => teller.onEntry(one)).map(({ name }) => name),
    ];
    for (const recorded of metrics) {
      const answer = teller.onMetric(recorded);
      if (answer?.fires === true) names.push(recorded.name);
      if (answer?.quiet === false) falseAlarms.push(`${id}: fires on ${recorded.name} when it is quiet`);
    }
    const wrong = [
      ...(harmless.events ?? []).filter((one) => teller.onEvent(one)),
      ...(harmless.entries ?? []).filter((one) => teller.onEntry(one)),
    ];
    falseAlarms.push(...wrong.map(({ name }) => `${id}: fires on ${name}`));
    fired[id] = names;
    for (const name of names) used.add(name);
  }
  const silent = tellers.flatMap(({ id, isHeard }) => {
    if (!isHeard) return [`${id}: tells nobody`];
    return fired[id]?.length === 0 ? [`${id}: no recording fires it`] : [];
  });
  const all = [...events, ...entries, ...metrics].map(({ name }) => name);
  return { fired, silent, falseAlarms, unused: all.filter((name) => !used.has(name)) };
}

function rulesOf(templates: Readonly<Record<string, Drilled>>): readonly Teller[] {
  return resourcesOf(templates, 'AWS::Events::Rule').flatMap(({ id, properties }) => {
    const { EventPattern: pattern, State: state, Targets: targets } = properties;
    if (pattern === undefined) return [];
    return [
      {
        id,
        isHeard: state !== 'DISABLED' && listOf(targets).length > 0,
        onEvent: ({ event }: RecordedEvent) => eventMatches(pattern, event),
        onEntry: () => false,
        onMetric: () => undefined,
      },
    ];
  });
}

function alarmsOf(templates: Readonly<Record<string, Drilled>>): readonly Teller[] {
  const filters = filtersOf(templates);
  return resourcesOf(templates, 'AWS::CloudWatch::Alarm').map(({ id, properties }): Teller => {
    const alarm = new DrilledAlarm(properties, filters);
    return {
      id,
      isHeard: alarm.isHeard || isPartOfAnother(id, templates),
      onEvent: () => false,
      onEntry: (recorded) => alarm.firesOnEntry(recorded),
      onMetric: (recorded) => alarm.firesOnMetric(recorded),
    };
  });
}

/** An alarm without an action may be part of a composite one that has some. */
function isPartOfAnother(id: string, templates: Readonly<Record<string, Drilled>>): boolean {
  const logicalId = id.split('/').at(-1) ?? '';
  return resourcesOf(templates, 'AWS::CloudWatch::CompositeAlarm').some(({ properties }) => {
    const { AlarmRule: rule, AlarmActions: actions }: Properties = properties;
    return Array.isArray(actions) && actions.length > 0 && JSON.stringify(rule).includes(`"${logicalId}"`);
  });
}
