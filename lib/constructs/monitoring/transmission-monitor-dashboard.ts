import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/**
 * Widgets on one dashboard, alarms in one widget of alarms, and metrics in one graph.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const MOST_WIDGETS = 500;
export const MOST_ALARMS = 100;

/** The grid has 24 columns: the state of a group, and two graphs beside it. */
const COLUMNS = 24;
const STATE_WIDTH = 6;
const GRAPH_WIDTH = 9;
const ROW_HEIGHT = 6;

const TITLE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,100}$/u;

/** What a group shows: its alarms by their state, and graphs. */
export interface DashboardGroup {
  readonly title: string;
  readonly alarms: readonly cloudwatch.IAlarm[];
  /** Alarms whose graph is drawn: with the threshold, or the band of what is usual. */
  readonly drawn?: readonly (readonly [title: string, alarm: cloudwatch.IAlarm])[];
  readonly graphs?: readonly (readonly [title: string, metrics: readonly cloudwatch.IMetric[]])[];
  /** What the group cannot show, in Markdown. */
  readonly note?: string;
}

/** The dashboard of a monitor: a row for each group, in the order in which they were added. */
export class MonitorDashboard extends Construct {
  readonly dashboard: cloudwatch.Dashboard;
  private widgets = 0;
  private groups = 0;

  constructor(scope: Construct, id: string, dashboardName: string | undefined) {
    super(scope, id);
    checkDashboardName(scope, dashboardName);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName,
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
    });
    this.node.addValidation({
      validate: () =>
        this.groups > 0 ? [] : ['watches nothing, which looks as if all were well, add what it has to watch'],
    });
  }

  /** Adds the row of a group. */
  show(group: DashboardGroup): void {
    checkTitle(this, group.title);
    const heading = group.note === undefined ? `## ${group.title}` : `## ${group.title}\n${group.note}`;
    const row = [...stateOf(group), ...drawnOf(group), ...graphsOf(group)];
    this.groups += 1;
    this.widgets += row.length + 1;
    if (this.widgets > MOST_WIDGETS) {
      throw invalidProperty(
        this,
        `must have at most ${MOST_WIDGETS} widgets, got more with '${group.title}', define a second monitor for the rest`,
      );
    }
    const height = group.note === undefined ? 1 : 2;
    this.dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: heading, width: COLUMNS, height }));
    this.dashboard.addWidgets(...row);
  }
}

/** Refuses a title that would break the Markdown around it. */
export function checkTitle(scope: Construct, title: string): void {
  if (Token.isUnresolved(title) || TITLE.test(title)) return;
  throw invalidProperty(
    scope,
    `'title' must be 1 to 100 characters on one line, got ${JSON.stringify(title.slice(0, 110))}, correct it`,
  );
}

function stateOf({ alarms }: DashboardGroup): cloudwatch.IWidget[] {
  if (alarms.length === 0) return [];
  return [
    new cloudwatch.AlarmStatusWidget({
      title: 'Alarms',
      alarms: [...alarms],
      width: STATE_WIDTH,
      height: ROW_HEIGHT,
    }),
  ];
}

function drawnOf({ drawn = [] }: DashboardGroup): cloudwatch.IWidget[] {
  return drawn.map(
    ([title, alarm]) => new cloudwatch.AlarmWidget({ title, alarm, width: GRAPH_WIDTH, height: ROW_HEIGHT }),
  );
}

function graphsOf({ graphs = [] }: DashboardGroup): cloudwatch.IWidget[] {
  return graphs.map(
    ([title, left]) =>
      new cloudwatch.GraphWidget({ title, left: [...left], width: GRAPH_WIDTH, height: ROW_HEIGHT }),
  );
}

/** Letters, digits, `-` and `_`, at most 255 (API Reference, PutDashboard). */
function checkDashboardName(scope: Construct, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[\w-]{1,255}$/.test(name)) return;
  throw invalidProperty(
    scope,
    `'dashboardName' must be 1 to 255 letters, digits, hyphens and underscores, got ${JSON.stringify(name.slice(0, 260))}, correct it`,
  );
}
