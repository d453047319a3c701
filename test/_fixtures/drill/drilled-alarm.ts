import { type Judging, stateOf } from './alarm-state';
import { AT_DEPLOYMENT } from './event-pattern';
import { filterPattern } from './filter-pattern';
import type { RecordedEntry, RecordedMetric } from './recording';
import { type Drilled, listOf, type Properties, resourcesOf } from './template';

/** A metric filter: which entries it counts, into which metric, and with which value. */
export interface Filter {
  readonly metric: string;
  readonly matches: (line: string) => boolean;
  readonly value: number;
  readonly otherwise: number | null;
}

/** The metric filters of all templates. */
export function filtersOf(templates: Readonly<Record<string, Drilled>>): readonly Filter[] {
  return resourcesOf(templates, 'AWS::Logs::MetricFilter').flatMap(({ properties }) => {
    const matches = filterPattern(textOf(properties.FilterPattern));
    return listOf(properties.MetricTransformations).map((transformation) => ({
      metric: keyOf(transformation.MetricNamespace, transformation.MetricName),
      matches,
      // A value that is read from the entry counts as one here.
      value: Number.isNaN(Number(transformation.MetricValue)) ? 1 : Number(transformation.MetricValue),
      otherwise: typeof transformation.DefaultValue === 'number' ? transformation.DefaultValue : null,
    }));
  });
}

/** An alarm of a template on one metric, or on one expression. */
export class DrilledAlarm {
  private readonly judging: Judging;
  private readonly metric: Properties;
  private readonly filters: readonly Filter[];

  constructor(
    private readonly properties: Properties,
    filters: readonly Filter[],
  ) {
    const { ComparisonOperator: operator, Threshold: threshold } = properties;
    this.judging = {
      operator: String(operator),
      threshold: Number(threshold),
      evaluationPeriods: Number(properties.EvaluationPeriods),
      datapointsToAlarm: optional(properties.DatapointsToAlarm),
      treatMissingData: properties.TreatMissingData as string | undefined,
    };
    this.metric = judgedMetric(properties);
    const key = keyOf(this.metric.Namespace, this.metric.MetricName);
    this.filters = filters.filter(({ metric }) => metric === key);
  }

  /** An alarm without an action, or whose actions are off, is heard by nobody. */
  get isHeard(): boolean {
    const { AlarmActions: actions, ActionsEnabled: enabled } = this.properties;
    return Array.isArray(actions) && actions.length > 0 && enabled !== false;
  }

  firesOnEntry({ entry, times = 1 }: RecordedEntry): boolean {
    const line = typeof entry === 'string' ? entry : JSON.stringify(entry);
    return this.filters.some((filter) => {
      if (!filter.matches(line)) return false;
      return this.fires(this.counted(filter, times), filter.otherwise);
    });
  }

  /** Undefined where it is another metric. */
  firesOnMetric(recorded: RecordedMetric): { readonly fires: boolean; readonly quiet: boolean } | undefined {
    const { Namespace: namespace, MetricName: name, Expression: expression } = this.metric;
    const isSame =
      expression === undefined
        ? textOf(namespace) === recorded.namespace && textOf(name) === recorded.metricName
        : textOf(expression) === recorded.metricName;
    if (!isSame) return undefined;
    const { fires, quiet, band } = recorded;
    return {
      fires: stateOf(this.judging, fires, band) === 'ALARM',
      quiet: stateOf(this.judging, quiet, band) !== 'ALARM',
    };
  }

  private counted({ value }: Filter, times: number): number {
    const statistic = String(this.metric.Statistic ?? this.metric.Stat);
    if (statistic === 'SampleCount') return times;
    return statistic === 'Sum' ? value * times : value;
  }

  /** The entries come in as many periods as the alarm wants to see, and in those before there are others. */
  private fires(value: number, otherwise: number | null): boolean {
    const { evaluationPeriods: n, datapointsToAlarm: m = n } = this.judging;
    const series = [...Array<number | null>(n + 2 - m).fill(otherwise), ...Array<number>(m).fill(value)];
    return stateOf(this.judging, series) === 'ALARM';
  }
}

/** The one that the threshold is compared with, where several are retrieved. */
function judgedMetric(properties: Properties): Properties {
  const { Metrics: metrics, ThresholdMetricId: band } = properties;
  if (!Array.isArray(metrics)) return properties;
  const judged = listOf(metrics).find(
    ({ Id: id, ReturnData: returned }) => id !== band && returned !== false,
  );
  const stat = judged?.MetricStat as Properties | undefined;
  if (stat === undefined) return { Expression: judged?.Expression ?? '' };
  return { ...(stat.Metric as Properties), Stat: stat.Stat };
}

function optional(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function keyOf(namespace: unknown, name: unknown): string {
  return JSON.stringify([namespace, name]);
}

/** A text of a template, with one sign for what is known at deployment. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const join = (value as Properties)['Fn::Join'];
  if (!Array.isArray(join)) return AT_DEPLOYMENT;
  const [separator, parts]: unknown[] = join;
  return Array.isArray(parts) ? parts.map(textOf).join(String(separator)) : AT_DEPLOYMENT;
}
