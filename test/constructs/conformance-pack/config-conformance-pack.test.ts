import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import {
  ConfigConformancePack,
  type ConfigConformancePackProps,
} from '../../../lib/constructs/conformance-pack';
import { DELEGATED_CONFIG_RULES, MANAGED_CONFIG_RULES } from '../../../lib/core/controls/aws-config';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { stackIn } from '../support';

const REASON = 'Firewall Manager of the organisation has this rule in every account already.';
const MOST_BYTES = 51_200;
const MOST_RULES = 130;

interface PackTemplate {
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: string }>>;
  readonly Resources: Readonly<
    Record<
      string,
      {
        Type: string;
        Properties: {
          ConfigRuleName: string;
          InputParameters?: Record<string, { Ref: string }>;
          Source: { Owner: string; SourceIdentifier: string };
        };
      }
    >
  >;
}

function define(props: ConfigConformancePackProps = {}, region: string | undefined = 'eu-west-1') {
  const stack = stackIn(region);
  const pack = new ConfigConformancePack(stack, 'Pack', props);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Config::ConformancePack'));
  const body: string = resource?.Properties.TemplateBody;
  return { pack, resource, body, template: parse(body) as PackTemplate };
}

const identifiers = ({ Resources }: PackTemplate) =>
  Object.values(Resources).map(({ Properties }) => Properties.Source.SourceIdentifier);

describe('ConfigConformancePack deploys', () => {
  test('the rules that no template can decide, and no other', () => {
    const { pack, template } = define();
    expect(identifiers(template)).toEqual(pack.configRules);
    const all = [...pack.configRules, ...pack.notDeployed.map(({ configRule }) => configRule)].sort();
    expect(all).toEqual(DELEGATED_CONFIG_RULES.map(({ configRule }) => configRule).sort());
    expect(pack.configRules.length).toBeGreaterThan(35);
  });

  test('managed rules of AWS with names, in a template within the limits of AWS Config', () => {
    const { template, body } = define();
    expect(Buffer.byteLength(body)).toBeLessThan(MOST_BYTES);
    expect(Object.keys(template.Resources).length).toBeLessThan(MOST_RULES);
    expect(template.Resources.AccessKeysRotated).toEqual({
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: 'access-keys-rotated',
        InputParameters: { maxAccessKeyAge: { Ref: 'AccessKeysRotatedParamMaxAccessKeyAge' } },
        Source: { Owner: 'AWS', SourceIdentifier: 'ACCESS_KEYS_ROTATED' },
      },
    });
    expect(template.Parameters?.AccessKeysRotatedParamMaxAccessKeyAge).toEqual({
      Type: 'String',
      Default: '90',
    });
  });

  test('each parameter that a rule refers to, with a value', () => {
    const { template, resource } = define();
    const given = new Set(
      resource?.Properties.ConformancePackInputParameters?.map(
        ({ ParameterName }: { ParameterName: string }) => ParameterName,
      ),
    );
    const refs = Object.values(template.Resources).flatMap(({ Properties }) =>
      Object.values(Properties.InputParameters ?? {}).map(({ Ref }) => Ref),
    );
    expect(refs.sort()).toEqual(Object.keys(template.Parameters ?? {}).sort());
    for (const ref of refs) {
      expect([ref, template.Parameters?.[ref]?.Default !== undefined || given.has(ref)]).toEqual([ref, true]);
    }
  });

  test('the passwords that 8.3.6, 8.3.7 and 8.3.9 ask for', () => {
    const { template } = define();
    const value = (name: string) => template.Parameters?.[`IamPasswordPolicyParam${name}`]?.Default;
    expect(['MinimumPasswordLength', 'PasswordReusePrevention', 'MaxPasswordAge'].map(value)).toEqual([
      '12',
      '4',
      '90',
    ]);
  });

  test('the policy of AWS Support by an ARN of the partition', () => {
    expect(define().resource?.Properties.ConformancePackInputParameters).toEqual([
      {
        ParameterName: 'IamPolicyInUseParamPolicyARN',
        ParameterValue: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSSupportAccess']],
        },
      },
    ]);
  });

  test('those of some requirements only', () => {
    const { pack } = define({ requirements: ['8.4.2', '8.3.6'] });
    expect(pack.configRules).toEqual([
      'IAM_PASSWORD_POLICY',
      'IAM_USER_MFA_ENABLED',
      'MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS',
      'ROOT_ACCOUNT_HARDWARE_MFA_ENABLED',
      'ROOT_ACCOUNT_MFA_ENABLED',
      'S3_BUCKET_MFA_DELETE_ENABLED',
    ]);
    expect(pack.recordedTypes).toEqual(['AWS::S3::Bucket']);
  });

  test('values that are given, unresolved ones too, as parameters of the pack', () => {
    const stack = stackIn('eu-west-1');
    const vpcs = new CfnParameter(stack, 'Vpcs', { type: 'String' });
    new ConfigConformancePack(stack, 'Pack', {
      requirements: ['1.4.1', '8.2.6'],
      parameters: {
        INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: { AuthorizedVpcIds: vpcs.valueAsString },
        IAM_USER_UNUSED_CREDENTIALS_CHECK: { maxCredentialUsageAge: '45' },
      },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Config::ConformancePack', {
      ConformancePackInputParameters: [
        { ParameterName: 'IamUserUnusedCredentialsCheckParamMaxCredentialUsageAge', ParameterValue: '45' },
        {
          ParameterName: 'InternetGatewayAuthorizedVpcOnlyParamAuthorizedVpcIds',
          ParameterValue: { Ref: 'Vpcs' },
        },
      ],
    });
  });

  test('a name that is given, and else one of its path', () => {
    expect(define({ conformancePackName: 'pci-dss' }).pack.conformancePackName).toBe('pci-dss');
    expect(define().pack.conformancePackName).toMatch(/^Stack-?Pack/);
  });
});

describe('ConfigConformancePack does not deploy', () => {
  const whyOf = (pack: ConfigConformancePack, rule: string) =>
    pack.notDeployed.find(({ configRule }) => configRule === rule)?.why;

  test('what asks for nothing without a parameter, until it is given', () => {
    expect(whyOf(define().pack, 'SERVICE_VPC_ENDPOINT_ENABLED')).toBe(
      "it asks for nothing without serviceName, which 'parameters' may give",
    );
    const given = define({ parameters: { SERVICE_VPC_ENDPOINT_ENABLED: { serviceName: 's3' } } });
    expect(given.pack.configRules).toContain('SERVICE_VPC_ENDPOINT_ENABLED');
  });

  test('what asks for one of several parameters, until one is given', () => {
    expect(whyOf(define().pack, 'S3_BUCKET_POLICY_GRANTEE_CHECK')).toMatch(/without one of awsPrincipals, /);
    const given = define({ parameters: { S3_BUCKET_POLICY_GRANTEE_CHECK: { vpcIds: 'vpc-1' } } });
    expect(given.pack.configRules).toContain('S3_BUCKET_POLICY_GRANTEE_CHECK');
  });

  test('what needs two parameters, while one is missing', () => {
    const { pack } = define({ parameters: { FMS_SHIELD_RESOURCE_POLICY_CHECK: { webACLId: 'acl' } } });
    expect(whyOf(pack, 'FMS_SHIELD_RESOURCE_POLICY_CHECK')).toBe(
      "it asks for nothing without resourceTypes, which 'parameters' may give",
    );
  });

  test('rules about the account, where another region asks them', () => {
    const here = define({ accountRegion: 'eu-west-1' }).pack;
    expect(here.configRules).toContain('ROOT_ACCOUNT_MFA_ENABLED');
    const { pack } = define({ accountRegion: 'eu-central-1' });
    expect(whyOf(pack, 'ROOT_ACCOUNT_MFA_ENABLED')).toBe(
      'it is about the account, and the pack in eu-central-1 asks it',
    );
    expect(pack.configRules.filter((id) => /^(IAM|ROOT|MFA|ACCESS|ACCOUNT)_/.test(id))).toEqual([]);
    expect(pack.configRules).toContain('GUARDDUTY_ENABLED_CENTRALIZED');
  });

  test('what AWS Config has in one region only, anywhere else', () => {
    expect(whyOf(define().pack, 'SHIELD_DRT_ACCESS')).toBe(
      'AWS Config has it in us-east-1 only, and this is eu-west-1',
    );
    expect(define({ accountRegion: 'eu-west-1' }, 'us-east-1').pack.configRules).toContain(
      'SHIELD_DRT_ACCESS',
    );
    const agnostic = new ConfigConformancePack(new Stack(new App(), 'Stack'), 'Pack');
    expect(whyOf(agnostic, 'SHIELD_DRT_ACCESS')).toMatch(/the region of the stack is not known$/);
  });

  test('what is left out for a reason, which stands in the template', () => {
    const { pack, resource } = define({ leftOutReasons: { SECURITYHUB_ENABLED: REASON } });
    expect(pack.configRules).not.toContain('SECURITYHUB_ENABLED');
    expect(resource?.Metadata.SecureTransmission).toEqual({ leftOutSecurityhubEnabled: REASON });
  });

  test('anything without saying so in the template', () => {
    const { pack, resource } = define();
    for (const { configRule, why } of pack.notDeployed) {
      expect(resource?.Metadata[`NotDeployed:${configRule}`]).toBe(why);
    }
    expect(pack.notDeployed.length).toBeGreaterThan(3);
  });
});

describe('ConfigConformancePack refuses', () => {
  test.each<[string, ConfigConformancePackProps, string]>([
    [
      'a requirement that is none',
      { requirements: ['8.99'] },
      `Stack/Pack: 'requirements' must hold ids of PCI DSS v4.0.1 as docs/controls.md lists them, got "8.99", such as 8.4.2`,
    ],
    [
      'no requirement at all',
      { requirements: [] },
      "'requirements' must hold at least one requirement, leave it out for all",
    ],
    [
      'a requirement for which templates decide everything',
      { requirements: ['12.3.3'] },
      "'requirements' holds 12.3.3, for which no rule is left to AWS Config, remove it: docs/controls.md says what speaks for it",
    ],
    [
      'to leave out a rule that templates decide',
      { leftOutReasons: { ENCRYPTED_VOLUMES: REASON } },
      `'leftOutReasons' must name rules that this pack deploys, got "ENCRYPTED_VOLUMES", docs/controls.md lists those that are`,
    ],
    [
      'to leave out a rule that was not asked for',
      { requirements: ['8.3.6'], leftOutReasons: { SECURITYHUB_ENABLED: REASON } },
      `got "SECURITYHUB_ENABLED", remove it, or add one of its requirements to 'requirements'`,
    ],
    [
      'to leave out a rule without a reason',
      { leftOutReasons: { SECURITYHUB_ENABLED: 'no' } },
      "'leftOutReasons.SECURITYHUB_ENABLED' must be a sentence of 20 to 500 characters",
    ],
    [
      'a parameter that a rule does not have',
      { parameters: { ACCESS_KEYS_ROTATED: { days: '30' } } },
      `'parameters.ACCESS_KEYS_ROTATED' must hold parameters of that rule, got "days", use one of: maxAccessKeyAge`,
    ],
    [
      'a value that is empty',
      { parameters: { ACCESS_KEYS_ROTATED: { maxAccessKeyAge: ' ' } } },
      "'parameters.ACCESS_KEYS_ROTATED.maxAccessKeyAge' must not be empty, leave it out for its default",
    ],
    [
      'a name that AWS Config does not take',
      { conformancePackName: '1-pack' },
      `'conformancePackName' must be a letter and up to 255 letters, digits and '-', got "1-pack", leave it out to have one made`,
    ],
    [
      'to deploy nothing',
      { requirements: ['8.3.6'], accountRegion: 'us-east-1' },
      'no rule is left to deploy of 1 that were asked for, IAM_PASSWORD_POLICY: it is about the account, and the pack in us-east-1 asks it, leave this pack out here',
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(props)).toThrow(message);
  });

  test('a region for the account, where its own is not known', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new ConfigConformancePack(stack, 'Pack', { accountRegion: 'eu-west-1' })).toThrow(
      "Stack/Pack: 'accountRegion' must be compared with the region of the stack at synthesis, got an unresolved value",
    );
  });
});

describe('what packs say of a ConfigConformancePack', () => {
  const judged = (props: ConfigConformancePackProps) =>
    synthesised(
      (app) =>
        new ConfigConformancePack(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }), 'Pack', props),
      allPacks,
    ).findings.map(({ rule }) => rule);

  test('is nothing', () => {
    expect(judged({})).toEqual([]);
  });

  test('is that a rule is left out', () => {
    expect(judged({ leftOutReasons: { SECURITYHUB_ENABLED: REASON } })).toEqual([
      'TransmissionChecks-LooseningIsWaived',
    ]);
  });
});

test('every rule that is deployed is one that AWS or prowler maps', () => {
  const known = MANAGED_CONFIG_RULES.map(({ configRule }) => configRule);
  expect(define().pack.configRules.filter((id) => !known.includes(id))).toEqual([]);
});
