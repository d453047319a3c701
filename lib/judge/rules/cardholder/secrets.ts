import type { PackRule } from '../../packs/pack';
import { type Cursor, isJsonMap, type JsonMap, own, Text, Unresolved, type Value } from '../../template';
import { violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { PASSWORD_PLACES } from './password-places';
import { cardholderRow } from './row';
import { canBeSecret, isSecretName, secretIn } from './secret-text';

const FUNCTION = 'AWS::Lambda::Function';
const TASK = 'AWS::ECS::TaskDefinition';
const BUILD = 'AWS::CodeBuild::Project';

/** By which name each service tells variables apart, and where they are: a map, or a list of names and values. */
const VARIABLES: Readonly<Record<string, (properties: Cursor) => readonly Variable[]>> = {
  [FUNCTION]: (properties) => mapped(properties.at('Environment', 'Variables')),
  [TASK]: (properties) =>
    properties
      .at('ContainerDefinitions')
      .items()
      .flatMap((container) => paired(container.at('Environment'), 'Name')),
  [BUILD]: (properties) =>
    paired(properties.at('Environment', 'EnvironmentVariables'), 'Name').filter(isPlaintext),
  'AWS::AppRunner::Service': (properties) =>
    [
      'ImageRepository.ImageConfiguration',
      'CodeRepository.CodeConfiguration.CodeConfigurationValues',
    ].flatMap((path) =>
      paired(properties.at('SourceConfiguration', ...path.split('.'), 'RuntimeEnvironmentVariables'), 'Name'),
    ),
  'AWS::Batch::JobDefinition': (properties) =>
    paired(properties.at('ContainerProperties', 'Environment'), 'Name'),
  'AWS::Amplify::App': (properties) => paired(properties.at('EnvironmentVariables'), 'Name'),
  'AWS::Amplify::Branch': (properties) => paired(properties.at('EnvironmentVariables'), 'Name'),
  'AWS::ElasticBeanstalk::Environment': (properties) => paired(properties.at('OptionSettings'), 'OptionName'),
  'AWS::ElasticBeanstalk::ConfigurationTemplate': (properties) =>
    paired(properties.at('OptionSettings'), 'OptionName'),
};

/** A variable of an environment. */
interface Variable {
  readonly name: string;
  readonly value: Cursor;
  readonly of: Cursor;
}

/** Told by rules of their own: `ContainersHoldNoCredentials`, `BuildHoldsNoCredentials`. */
const TOLD_ELSEWHERE = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'ECS_ENGINE_AUTH_DATA',
];

/** Rules on secrets that stand in templates, with their levels. */
export const SECRET_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'PasswordIsNotInTemplate',
    title: 'no password, token or key stands in a template',
    risk: 'The template is in the repository, in the bucket of deployments and in the history of the stack: everybody who may read one of them has the password, and nobody can take it back.',
    fix: 'Let the service make the password (ManageMasterUserPassword, GenerateSecretString), or name it by a dynamic reference to Secrets Manager; a parameter for it needs NoEcho true and no Default. CDK: Credentials.fromGeneratedSecret() and SecretValue.secretsManager() instead of SecretValue.unsafePlainText().',
    references: {
      pciDss: ['8.3.2', '8.6.2', '8.6.3'],
      gdpr: ['32(1)(a)', '32(1)(b)'],
      cwe: ['CWE-259', 'CWE-798'],
    },
    resourceTypes: Object.keys(PASSWORD_PLACES),
    test: (properties) => {
      const places = (PASSWORD_PLACES[properties.resource.type] ?? []).flatMap((path) =>
        placesAt(properties, path),
      );
      const bad = places.flatMap(writtenAt);
      return bad.length > 0 ? bad : places.length > 0 ? COMPLIANT : NOT_APPLICABLE;
    },
  }),
  cardholderRow('warning', {
    id: 'VariableHoldsNoSecret',
    title: 'no variable of an environment holds a secret',
    risk: 'Everybody who may describe the function, the task or the build reads its variables, in every version of it, and so does every program in it and many a log.',
    fix: 'Pass the name or ARN of a secret and fetch it when the program starts, or use what the service has for it: Secrets of ContainerDefinitions, RuntimeEnvironmentSecrets, Type SECRETS_MANAGER. CDK: secrets: { NAME: Secret.fromSecretsManager(secret) } in addContainer, secret.grantRead(fn) with its ARN in environment.',
    references: {
      pciDss: ['8.3.2', '8.6.2'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-526', 'CWE-798'],
    },
    resourceTypes: Object.keys(VARIABLES),
    test: (properties) => {
      const variables = VARIABLES[properties.resource.type]?.(properties) ?? [];
      const bad = variables.filter(({ name }) => !TOLD_ELSEWHERE.includes(name)).flatMap(secretOf);
      return bad.length > 0 ? bad : variables.length > 0 ? COMPLIANT : NOT_APPLICABLE;
    },
  }),
];

function placesAt(properties: Cursor, path: string): readonly Cursor[] {
  const [head = '', ...rest] = path.split('.*');
  const keys = head.split('.').filter((key) => key !== '');
  const at = properties.at(...keys);
  if (!at.isPresent) return [];
  if (rest.length === 0) return [at];
  return at.items().flatMap((item) => (rest.join('.*') === '' ? [item] : placesAt(item, rest.join('.*'))));
}

/** What is known at deployment only is not written here; what a parameter has for it may be. */
function writtenAt(at: Cursor): readonly Verdict[] {
  const value = at.value();
  if (value instanceof Unresolved) return inParameter(at, value);
  if (value instanceof Text) {
    // A JSON text around a reference is no password by itself.
    return value.parts.some((part) => typeof part === 'string' && secretIn(part) !== undefined)
      ? [written(at)]
      : [];
  }
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && String(value) !== '' ? [written(at)] : [];
}

function written(at: Cursor): Verdict {
  return violation(at, '(redacted)', 'a reference to a secret');
}

/** A default is written into the template, and without NoEcho the value is shown with the stack. */
function inParameter(at: Cursor, value: Unresolved): readonly Verdict[] {
  const parameter = parameterBehind(at, value);
  if (parameter === undefined) return [];
  const { name, declared } = parameter;
  if (!isHidden(declared)) {
    return [violation(at, `parameter ${name} without NoEcho`, 'NoEcho true, or a reference to a secret')];
  }
  return declared.Default === undefined || declared.Default === ''
    ? []
    : [violation(at, `parameter ${name} with a Default`, 'one without')];
}

/** The parameter of its own template that hides a value: values tell it by name of template and parameter. */
function parameterBehind({ resource: { template } }: Cursor, { symbol }: Unresolved) {
  const name = symbol?.startsWith(`${template.name}.`) ? symbol.slice(template.name.length + 1) : undefined;
  const { Parameters: parameters } = template.json;
  const declared = name !== undefined && isJsonMap(parameters) ? own(parameters, name) : undefined;
  return name !== undefined && isJsonMap(declared) ? { name, declared } : undefined;
}

function isHidden(declared: JsonMap): boolean {
  return String(declared.NoEcho) === 'true';
}

function mapped(place: Cursor): readonly Variable[] {
  const entries = place.entries();
  return entries.state === 'given' ? entries.value.map(([name, value]) => ({ name, value, of: value })) : [];
}

function paired(place: Cursor, key: string): readonly Variable[] {
  return place.items().flatMap((of): readonly Variable[] => {
    const name = of.at(key).string();
    return name.state === 'given' ? [{ name: name.value, value: of.at('Value'), of }] : [];
  });
}

function isPlaintext({ of }: Variable): boolean {
  const type = of.at('Type').string();
  return type.state === 'absent' || (type.state === 'given' && type.value === 'PLAINTEXT');
}

/** By its name or by its form. References that CloudFormation replaces by the secret put it there as well. */
function secretOf({ name, value: at }: Variable): readonly Verdict[] {
  const value = at.value();
  const want = 'the name or ARN of a secret';
  const formed = textsIn(value)
    .map(secretIn)
    .find((what) => what !== undefined);
  if (formed !== undefined) return [violation(at, '(redacted)', want, formed)];
  if (becomesSecret(at, value)) return [violation(at, 'a reference that becomes the secret', want)];
  const isWritten = typeof value === 'string' && isSecretName(name) && canBeSecret(value);
  return isWritten ? [violation(at, '(redacted)', want, 'its name says that it is a secret')] : [];
}

function textsIn(value: Value | undefined): readonly string[] {
  if (value instanceof Text)
    return [value.parts.map((part) => (typeof part === 'string' ? part : '?')).join('')];
  return typeof value === 'string' ? [value] : [];
}

/** Where a dynamic reference stands, and where a parameter does that is not shown. */
function becomesSecret(at: Cursor, value: Value | undefined): boolean {
  const parts: readonly Value[] = value instanceof Text ? value.parts : value === undefined ? [] : [value];
  return parts.some((part) => {
    if (!(part instanceof Unresolved)) return false;
    const parameter = parameterBehind(at, part);
    return parameter === undefined
      ? /read from (secretsmanager|ssm-secure)/.test(part.why)
      : isHidden(parameter.declared);
  });
}
