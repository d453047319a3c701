import { groupedBy } from '../core/grouped-by';
import {
  isNear,
  type Obstacle,
  type PreflightReport,
  type QuotaUse,
  type ValidationZone,
} from '../preflight';
import { visible } from '../report/escape';
import { counted, firstOf, hanging } from '../report/phrase';
import type { Style } from '../report/style';
import { renderTable, type TableRow } from '../report/table';

const WIDTH = 110;
const MARGIN = '  ';

/** How many of several things of one kind are named. */
const NAMED = 3;
/** A quota of which less than this share is taken is not shown: nobody has to look. */
const SHOWN_SHARE = 0.2;

/** A preflight for people: what is in the way, what will happen in which order, then what to know before. */
export function renderPreflight(report: PreflightReport, style: Style): string {
  const blocks = [
    ...obstacles(report.obstacles, style),
    order(report, style),
    bootstrap(report, style),
    ...zones(report.zones, style),
    quotas(report.quotas, style),
    needs(report, style),
    names(report, style),
    leftovers(report, style),
    protections(report, style),
    deployers(report, style),
    [outcome(report, style)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading(style: Style, name: string, about = ''): string {
  return about === '' ? style.bold(name) : `${style.bold(name)}  ${style.faint(about)}`;
}

function obstacles(all: readonly Obstacle[], style: Style): string[][] {
  return (['blocks', 'warns'] as const).map((level) => {
    const ones = all.filter((one) => one.level === level);
    if (ones.length === 0) return [];
    const colour = level === 'blocks' ? 'error' : 'warning';
    return [
      style.level(colour, level),
      ...ones.flatMap(({ where, message, remedy }) => [
        `${MARGIN}${style.bold(visible(where))}`,
        ...hanging('    ', visible(message, 1000), WIDTH),
        ...hanging('    do: ', visible(remedy, 1000), WIDTH),
      ]),
    ];
  });
}

function order({ stacks }: PreflightReport, style: Style): string[] {
  const rows = stacks.map(({ step, name, stackName, account, region, after, resources }) => ({
    cells: [
      String(step),
      visible(name),
      visible(stackName),
      visible([account, region].filter((part) => part !== undefined).join(' ') || 'not said'),
      visible(after.join(', ')),
      String(resources),
    ],
  }));
  return renderTable(['order', 'stack', 'in CloudFormation', 'where', 'after', 'resources'], rows, {
    width: WIDTH,
    elastic: 2,
    style,
  });
}

function bootstrap({ environments }: PreflightReport, style: Style): string[] {
  const [first] = environments;
  if (first === undefined) return [heading(style, 'bootstrap', 'no stack asks for it')];
  const versions = [...new Set(environments.map(({ version }) => version))].sort((a, b) => a - b);
  const hasOpen = environments.some(({ account }) => account === undefined);
  const about = [
    `once for each environment, version ${versions.join(' or ')} or newer`,
    ...(hasOpen ? ['ACCOUNT is that of your credentials'] : []),
  ];
  return [
    heading(style, 'bootstrap', about.join('; ')),
    ...environments.map((one) => command(one.bootstrap)),
    `${MARGIN}${style.faint('the version that is there:')}`,
    ...environments.map((one) => command(one.check)),
  ];
}

function zones(all: readonly ValidationZone[], style: Style): string[][] {
  return all.map(({ hostedZoneId, zoneName, origin, names, certificates, nameServers, delegation }) => {
    const title = [zoneName, hostedZoneId, origin].filter((part) => part !== undefined).join(', ');
    return [
      heading(style, `zone ${visible(title)}`),
      ...hanging(
        MARGIN,
        visible(`validates ${firstOf(names, 8)} for ${firstOf(certificates, 4)}`, 1000),
        WIDTH,
      ),
      ...hanging(
        MARGIN,
        'It must be public, in the account of the deployment, and delegated: the NS records in the zone above name exactly its servers. Else the certificate stays pending, and its stack waits for hours.',
        WIDTH,
      ),
      ...(nameServers === undefined ? [] : [`${MARGIN}${style.faint('its servers:')}`, command(nameServers)]),
      ...(delegation === undefined
        ? []
        : [`${MARGIN}${style.faint('what the world is told; it must be the same:')}`, command(delegation)]),
    ];
  });
}

function quotas(all: readonly QuotaUse[], style: Style): string[] {
  const shown = all.filter(({ count, limit }) => count >= limit * SHOWN_SHARE);
  const rows = shown.map((use): TableRow => {
    const { quota, region, of = '', count, limit, adjustable } = use;
    const isHigh = isNear(use);
    return {
      cells: [
        `${MARGIN}${quota}`,
        visible(region),
        visible(of),
        String(count),
        adjustable ? String(limit) : `${limit}, fixed`,
      ],
      ...(isHigh ? { painted: 3, paint: (text: string) => style.level('warning', text) } : {}),
    };
  });
  const rest = all.length - shown.length;
  const others = shown.length === 0 ? `${rest} counted, all` : `${counted(rest, 'other')}`;
  const about = `${others} below a fifth; what the account has already comes on top`;
  return [
    heading(style, 'quotas', about),
    ...renderTable([`${MARGIN}quota`, 'region', 'of', 'made', 'default'], rows, {
      width: WIDTH,
      elastic: 0,
      style,
    }),
  ];
}

function needs({ needs: all }: PreflightReport, style: Style): string[] {
  if (all.length === 0) return [];
  return [
    heading(style, 'must exist before', 'made by no stack here'),
    ...all.flatMap(({ kind, name, stack, region }) =>
      hanging(
        MARGIN,
        visible(`${kind} ${name}${region === undefined ? '' : ` in ${region}`}, read by ${stack}`),
        WIDTH,
      ),
    ),
  ];
}

function names({ names: all }: PreflightReport, style: Style): string[] {
  if (all.length === 0) return [];
  const byType = groupedBy(all, ({ type, region = 'any region' }) => `${type}\n${region}`);
  const rows = [...byType].map(([key, ones]) => {
    const [type = '', region = ''] = key.split('\n');
    const listed = listOf(ones.map(({ name }) => name));
    return { cells: [`${MARGIN}${visible(type)}`, visible(region), String(ones.length), visible(listed)] };
  });
  return [
    heading(style, 'must not exist before', '--format json has each with the command that looks for it'),
    ...renderTable([`${MARGIN}type`, 'region', '', 'names'], rows, { width: WIDTH, elastic: 3, style }),
  ];
}

/** A few names; of many, how all of them begin. */
function listOf(all: readonly string[]): string {
  const [first = ''] = all;
  if (all.length <= NAMED) return all.join(', ');
  let length = first.length;
  while (length > 0 && !all.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return length < 2 ? firstOf(all, 1) : `${first.slice(0, length)}...`;
}

function leftovers({ leftovers: all }: PreflightReport, style: Style): string[] {
  if (all.length === 0) return [];
  const stays = all.filter(({ staysAfterRollback }) => staysAfterRollback).length;
  const named = all.filter(({ name, staysAfterRollback }) => name !== undefined && staysAfterRollback);
  const rows = [...groupedBy(all, ({ stack }) => stack)].map(([stack, ones]) => ({
    cells: [
      `${MARGIN}${visible(stack)}`,
      visible(
        [
          ...groupedBy(
            ones,
            ({ type, policy }) => `${type.replace(/^AWS::/, '')}${policy === 'Retain' ? '' : ` (${policy})`}`,
          ),
        ]
          .map(([type, of]) => `${of.length} ${type}`)
          .join(', '),
      ),
    ],
  }));
  const how = [
    ...(stays === 0
      ? []
      : [`A first deployment that fails leaves ${stays} of them too, and the next one makes others.`]),
    ...(named.length === 0
      ? []
      : [
          `Of ${named.length} there can be no second one, so that the next one fails on ${firstOf(named.map(shortName), NAMED, ' and ')}.`,
        ]),
    'Before you deploy again, aws cloudformation describe-stack-resources --stack-name NAME tells their ids; --format json has the commands that take each back (cdk import) or remove it.',
  ];
  return [
    heading(style, 'stays when a stack goes', counted(all.length, 'resource')),
    ...renderTable([`${MARGIN}stack`, 'resources'], rows, { width: WIDTH, elastic: 1, style }),
    ...hanging(MARGIN, visible(how.join(' '), 1000), WIDTH),
  ];
}

function shortName({ type, name = '' }: PreflightReport['leftovers'][number]): string {
  return `${type.replace(/^AWS::/, '')} ${name}`;
}

function protections({ protections: all }: PreflightReport, style: Style): string[] {
  if (all.length === 0) return [];
  const stacks = all.filter(({ what }) => what.startsWith('the stack itself')).map(({ stack }) => stack);
  const others = all.filter(({ what }) => !what.startsWith('the stack itself'));
  return [
    heading(style, 'refuses to be deleted', '--format json has the commands that end it'),
    ...(stacks.length === 0
      ? []
      : hanging(MARGIN, visible(`the stacks ${stacks.join(', ')} (termination protection)`), WIDTH)),
    ...others.flatMap(({ what }) => hanging(MARGIN, visible(what), WIDTH)),
  ];
}

function deployers({ deployers: { assumed, execution, services } }: PreflightReport, style: Style): string[] {
  const rows: [string, readonly string[]][] = [
    ['may assume', assumed],
    ['which hand over to', execution],
    [
      'which makes',
      services.map(({ service, resources }) => `${service.replace(/^AWS::/, '')} ${resources}`),
    ],
  ];
  return [
    heading(style, 'who deploys', 'docs/permissions.md has what each construct takes'),
    ...rows.flatMap(([name, values]) =>
      values.length === 0
        ? []
        : hanging(`${MARGIN}${name.padEnd(20)}`, visible(values.join(', '), 4000), WIDTH),
    ),
  ];
}

function outcome({ exitCode, obstacles: all }: PreflightReport, style: Style): string {
  const blocking = all.filter(({ level }) => level === 'blocks').length;
  const warnings = all.length - blocking;
  if (exitCode === 3) return style.level('fatal', 'not ready: something could not be judged');
  if (exitCode === 1) {
    return style.level('error', `not ready: ${counted(blocking, 'thing blocks', 'things block')}`);
  }
  const more = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  return `ready, as far as files tell: nothing blocks${more}`;
}

/** A command is never broken, so that it can be copied. */
function command(text: string): string {
  return `${MARGIN}${MARGIN}${visible(text, 2000)}`;
}
