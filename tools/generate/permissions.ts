import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { actionsOn, HANDLERS, OPERATIONS, typesByConstruct, unread } from '../../test/_fixtures/permissions';

/** Where the page stands. */
export const page = 'docs/permissions.md';

const DATA = '../test/_fixtures/permissions/handlers.json';
const SAMPLES = '../test/_fixtures/construct-samples/index.ts';

/** The page that says which permissions deploying a construct needs. */
export function render(): string {
  const types = typesOfConstructs();
  return `${[
    '<!-- Written by tools/generate/permissions.ts from test/_fixtures/{construct-samples,permissions}: change those, then run `npm run docs`. -->',
    '',
    '# What deploying needs',
    '',
    'Synthesising and judging need no permission and no account.',
    '',
    ...bootstrap(),
    '',
    '## What CloudFormation calls',
    '',
    ...intro(),
    ...[...types].flatMap(([construct, made]) => section(construct, made)),
    '',
    '## Sources',
    '',
    ...Object.entries(HANDLERS).map(([type, handlers]) => `- [\`${type}\`](${handlers?.source ?? ''})`),
  ].join('\n')}\n`;
}

function bootstrap(): string[] {
  return [
    '## Who does it',
    '',
    `\`cdk deploy\` takes on the roles that \`cdk bootstrap\` makes; who deploys needs \`sts:AssumeRole\` on them and no more.`,
    `These are the actions that aws-cdk ${manifest.devDependencies['aws-cdk']} gives them, read from the template that it deploys:`,
    '',
    ...table(
      ['Role', 'What it is for', 'Actions'],
      bootstrapRoles().map(({ name, about, actions }) => [
        `\`${name}\``,
        about,
        code(actions) || 'see below',
      ]),
    ),
    '',
    'The execution role has `AdministratorAccess` unless `cdk bootstrap --cloudformation-execution-policies` names others:',
    'it is the one that needs what follows. There are no look-ups, so that the look-up role is not used.',
  ];
}

interface BootstrapRole {
  readonly name: string;
  readonly about: string;
  readonly actions: readonly string[];
}

const ROLES: Readonly<Record<string, string>> = {
  DeploymentActionRole: 'starts the deployment and follows it',
  FilePublishingRole: 'uploads templates and code',
  CloudFormationExecutionRole: 'makes the resources, as CloudFormation',
};

interface BootstrapResource {
  readonly Type: string;
  readonly Properties?: {
    readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
    readonly PolicyDocument?: PolicyDocument;
    readonly Roles?: readonly (string | { readonly Ref: string })[];
  };
}

interface PolicyDocument {
  readonly Statement: readonly { readonly Effect: string; readonly Action: string | readonly string[] }[];
}

function bootstrapRoles(): readonly BootstrapRole[] {
  const file = path.join(
    path.dirname(require.resolve('aws-cdk/package.json')),
    'lib/api/bootstrap/bootstrap-template.yaml',
  );
  // It holds tags of CloudFormation, such as !Ref, which are left as the text behind them.
  const { Resources } = parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }) as {
    Resources: Readonly<Record<string, BootstrapResource>>;
  };
  return Object.entries(ROLES).map(([name, about]) => ({ name, about, actions: actionsOf(Resources, name) }));
}

function actionsOf(resources: Readonly<Record<string, BootstrapResource>>, role: string): readonly string[] {
  const own = resources[role]?.Properties?.Policies?.map(({ PolicyDocument }) => PolicyDocument) ?? [];
  const attached = Object.values(resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && namesRole(Properties?.Roles, role))
    .flatMap(({ Properties }) => Properties?.PolicyDocument ?? []);
  const allowed = [...own, ...attached]
    .flatMap(({ Statement }) => Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
  return [...new Set(allowed)].sort();
}

function namesRole(roles: readonly (string | { readonly Ref: string })[] = [], role: string): boolean {
  return roles.some((each) => (typeof each === 'string' ? each : each.Ref) === role);
}

function intro(): string[] {
  return [
    `For every type of resource in [the templates of a construct](${SAMPLES}), the actions that the provider of the type`,
    `says it calls (\`handlers\` of its schema in the registry of CloudFormation): [the data](${DATA}), with a source for`,
    'each type [below](#sources). A provider names what it may need at most: what a template does not set is not called.',
    'Schemas are those that could be read, and not always the newest; types whose schema could not be read are named. For',
    'them, and for the newest of any, ask AWS:',
    '',
    '```sh',
    'aws cloudformation describe-type --type RESOURCE --type-name AWS::KMS::Key --query Schema --output text',
    '```',
    '',
    'Roles that a template hands to a service need `iam:PassRole` on them.',
  ];
}

function typesOfConstructs(): ReadonlyMap<string, ReadonlySet<string>> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'permissions-'));
  try {
    return typesByConstruct(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function section(construct: string, types: ReadonlySet<string>): string[] {
  const missing = unread(types);
  const rows = OPERATIONS.map((operation) => [operation, byService(actionsOn(types, operation))] as const);
  return [
    '',
    `### ${construct}`,
    '',
    ...(rows.some(([, actions]) => actions !== '')
      ? table(['To', 'Actions'], rows)
      : ['No schema of what it makes could be read.']),
    ...(missing.length === 0 ? [] : ['', `Not read: ${code(missing)}.`]),
  ];
}

/** `s3:` `CreateBucket` `DeleteBucket`, service by service. */
function byService(actions: readonly string[]): string {
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const [service = '', ...name] = action.split(':');
    services.set(service, [...(services.get(service) ?? []), name.join(':')]);
  }
  return [...services].map(([service, names]) => `**${service}**: ${names.join(', ')}`).join('<br>');
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
