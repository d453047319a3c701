import { Lazy, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as signer from 'aws-cdk-lib/aws-signer';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { PrivateApi } from '../../../lib/constructs/private-api';
import {
  TokenVault,
  type TokenVaultProps,
  VAULT_FUNCTIONS,
  type VaultFunction,
} from '../../../lib/constructs/token-vault';
import { PRIVILEGES } from '../../../lib/constructs/token-vault/privileges';
import { readEnvironment } from '../../../lib/constructs/token-vault/runtime/host/environment';
import { KEY_RIGHTS } from '../../../lib/constructs/token-vault/runtime/host/key-rights';
import {
  API_ALIAS,
  callerOfAlias,
  OPERATOR_ALIAS,
} from '../../../lib/constructs/token-vault/runtime/http/caller';
import { API_PREFIX } from '../../../lib/constructs/token-vault/runtime/http/event';
import { ROUTES } from '../../../lib/constructs/token-vault/runtime/http/routes';
import { drill } from '../../_fixtures/drill';
import { VAULT_RECORDINGS } from '../../_fixtures/drill/recordings/token-vaults';
import { rendered, resourcesOf, stackIn, vpcIn } from '../support';
import { deployed } from './decided';
import { networkIn, REGION, TENANTS, vaultIn, vaultStack } from './support';

const roleIn = (stack: Stack, id = 'Caller') =>
  new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

/** The functions, by what stands behind `vault-`, with their environments as they are deployed. */
function environments(stack: Stack): ReadonlyMap<VaultFunction, Record<string, string>> {
  const found = new Map<VaultFunction, Record<string, string>>();
  for (const [id, { Type, Properties }] of Object.entries(deployed(stack))) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const name = VAULT_FUNCTIONS.find((each) => id.includes(`Functions${pascal(each)}Function`));
    const { Variables } = Properties.Environment as unknown as { Variables: Record<string, string> };
    if (name !== undefined) found.set(name, Variables);
  }
  return found;
}

const pascal = (name: string) =>
  name
    .split('-')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join('');

/** Aliases, by function and name. */
function aliasesIn(stack: Stack): readonly string[] {
  return Object.entries(resourcesOf(stack, 'AWS::Lambda::Alias'))
    .map(([id, { Properties }]) => {
      const name = VAULT_FUNCTIONS.find((each) => id.startsWith(`VaultFunctions${pascal(each)}`));
      return `${name} ${Properties.Name}`;
    })
    .sort();
}

describe('keys', () => {
  const template = rendered(vaultStack());

  test('that KMS can rotate are rotated, those that derive and sign are of their kinds', () => {
    const specs = Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties }) => [
      Properties.KeySpec ?? 'SYMMETRIC_DEFAULT',
      Properties.EnableKeyRotation ?? false,
    ]);
    const symmetric = ['SYMMETRIC_DEFAULT', true];
    expect(specs.sort()).toEqual(
      [['ECC_NIST_P256', false], ['HMAC_256', false], symmetric, symmetric, symmetric, symmetric].sort(),
    );
  });

  test('and stores outlive the stack', () => {
    for (const type of ['AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('are administered by the roles that are named, and not by the account', () => {
    const stack = vaultStack((each) => ({ administrators: [roleIn(each, 'KeyAdministrator')] }));
    const keys = Object.entries(deployed(stack)).filter(
      ([id, { Type }]) => Type === 'AWS::KMS::Key' && id.startsWith('VaultKeys'),
    );
    expect(keys).toHaveLength(5);
    for (const [, { Properties }] of keys) {
      const { Statement } = Properties.KeyPolicy as unknown as {
        Statement: { Sid: string; Principal: { AWS: string } }[];
      };
      const administer = Statement.filter(({ Sid }) => Sid === 'Administer');
      expect(administer.map(({ Principal }) => Principal.AWS)).toEqual([
        expect.stringMatching(/:role\/KeyAdministrator/),
      ]);
    }
  });
});

describe('tables', () => {
  const template = rendered(vaultStack(() => ({ backupDays: 3 })));
  const table = (days: number | undefined) =>
    Match.objectLike({
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      PointInTimeRecoverySpecification:
        days === undefined
          ? { PointInTimeRecoveryEnabled: false }
          : { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days },
      StreamSpecification: Match.absent(),
    });

  test('go back 35 days with tokens, as many as are asked for with keys, and not at all with security codes', () => {
    for (const days of [35, 3, undefined])
      template.hasResourceProperties('AWS::DynamoDB::Table', table(days));
    template.resourceCountIs('AWS::DynamoDB::Table', 3);
  });

  test('end what has a time, of tokens alone: keys go by erasure', () => {
    const ends = Object.entries(template.findResources('AWS::DynamoDB::Table')).map(
      ([id, { Properties }]) => [
        id.replace(/^VaultTables|[0-9A-F]{8}$/g, ''),
        Properties.TimeToLiveSpecification?.AttributeName,
      ],
    );
    expect(Object.fromEntries(ends)).toEqual({ Data: 'x', Keys: undefined, ShortLived: 'x' });
  });

  test('say what they hold', () => {
    const held = Object.values(template.findResources('AWS::DynamoDB::Table')).map(
      ({ Properties }) =>
        Properties.Tags.find(({ Key }: { Key: string }) => Key === 'data:classification')?.Value,
    );
    expect(held.sort()).toEqual(['cardholder-data', 'credentials', 'sensitive-authentication-data']);
  });

  test('go with the stack where that is asked for, with their protection', () => {
    const stack = vaultStack(() => ({ removalPolicy: RemovalPolicy.DESTROY }));
    rendered(stack).allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete',
      Properties: Match.objectLike({ DeletionProtectionEnabled: false }),
    });
  });
});

describe('functions', () => {
  const stack = vaultStack();

  test('have what the runtime reads, and each what its rights are for', () => {
    for (const [name, variables] of environments(stack)) {
      const { vault, tables, keys, ledgerBucket } = readEnvironment(variables);
      const { derive, unwrap, make, sign } = KEY_RIGHTS[`vault-${name}`];
      expect([name, vault]).toEqual([name, 'payments']);
      expect(new Set(Object.values(tables)).size).toBe(3);
      expect([name, keys.branch !== '']).toEqual([name, unwrap.length + make.length > 0]);
      expect([name, keys.hmac !== '']).toEqual([name, derive.length > 0]);
      expect([name, keys.receipt !== '']).toEqual([name, sign || name === 'keys']);
      expect([name, ledgerBucket !== '']).toEqual([name, name === 'erase' || name === 'replay']);
    }
    expect(environments(stack).size).toBe(VAULT_FUNCTIONS.length);
  });

  test('may do with keys what the runtime lets them do', () => {
    const byRuntime = VAULT_FUNCTIONS.map((name) => {
      const { derive, unwrap, make, sign } = KEY_RIGHTS[`vault-${name}`];
      return { name, unwrap: [...unwrap].sort(), makes: make.length > 0, derives: derive.length > 0, sign };
    });
    const byRoles = VAULT_FUNCTIONS.map((name) => {
      const { decrypts, makesBranchKeys = false, derives = false, signs = false } = PRIVILEGES[name];
      return { name, unwrap: [...decrypts].sort(), makes: makesBranchKeys, derives, sign: signs };
    });
    expect(byRoles).toEqual(byRuntime);
  });

  test('run in private subnets, with encrypted environments and a bound on how many', () => {
    const functions = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
    expect(
      functions.map(({ Properties }) => Properties.ReservedConcurrentExecutions).sort((a, b) => a - b),
    ).toEqual([1, 1, 5, 5, 10, 25, 25, 50]);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        KmsKeyArn: expect.anything(),
        VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
      });
    }
  });

  test('reach KMS, CloudWatch Logs, DynamoDB and Amazon S3 by endpoints', () => {
    const services = Object.values(resourcesOf(stack, 'AWS::EC2::VPCEndpoint')).map(({ Properties }) =>
      JSON.stringify(Properties.ServiceName).replace(/^.*\.(\w+)[^\w]*$/, '$1'),
    );
    expect(services.sort()).toEqual(['dynamodb', 'kms', 'logs', 's3']);
  });

  test('have logs that hide card numbers and security codes', () => {
    const logs = Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup'));
    expect(logs).toHaveLength(8);
    for (const { Properties } of logs) {
      const text = JSON.stringify(Properties.DataProtectionPolicy);
      for (const part of ['CreditCardNumber', 'CreditCardSecurityCode', 'Deidentify', 'Audit'])
        expect(text).toContain(part);
    }
  });

  test('run signed code only where profiles are named', () => {
    const objectKeys = Object.fromEntries(
      VAULT_FUNCTIONS.map((name) => [name, `signed/${name}.zip`]),
    ) as Record<VaultFunction, string>;
    const signed = vaultStack((each) => ({
      codeSigning: {
        signingProfiles: [
          new signer.SigningProfile(each, 'Release', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA }),
        ],
        bucket: s3.Bucket.fromBucketName(each, 'Code', 'signed-code'),
        objectKeys,
      },
    }));
    rendered(signed).hasResourceProperties('AWS::Lambda::CodeSigningConfig', {
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
    });
    for (const { Properties } of Object.values(resourcesOf(signed, 'AWS::Lambda::Function'))) {
      expect(Properties.Code).toEqual({
        S3Bucket: 'signed-code',
        S3Key: expect.stringMatching(/^signed\/.*\.zip$/),
      });
      expect(Properties.CodeSigningConfigArn).toBeDefined();
    }
  });
});

describe('the ledger of erasures', () => {
  test('keeps every entry for longer than a table goes back', () => {
    rendered(vaultStack()).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 36 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  test('logs who asks for its objects, where there is a bucket for that', () => {
    const stack = vaultStack((each) => ({
      serverAccessLogBucket: new LogBucket(each, 'AccessLog', { kind: LogKind.S3_SERVER_ACCESS }).bucket,
    }));
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { LogFilePrefix: 'Stack/Vault/Ledger/' },
    });
  });
});

describe('without an API', () => {
  const stack = vaultStack();

  test('each grantee of a tenant has an alias of each function that it may call', () => {
    expect(aliasesIn(stack)).toEqual(
      [
        'create shop_checkout',
        'look-up shop_checkout',
        'reveal-masked shop_support',
        'reveal-full shop_settlement',
        'erase shop_privacy',
        'keys shop_privacy',
        'rotate shop_operator',
        `replay ${OPERATOR_ALIAS}`,
      ].sort(),
    );
  });

  test('and the runtime knows by the alias who calls, and whether it may look up', () => {
    const known = [...environments(stack)].flatMap(([name, variables]) => {
      const { aliases } = readEnvironment(variables);
      return [...aliases.keys()].map((alias) => {
        const { caller: who, mayLookUp } = callerOfAlias(alias, aliases);
        return `${name} ${who.tenant} ${who.grantee}${mayLookUp ? ' looks up' : ''}`;
      });
    });
    expect(known.sort()).toEqual([
      'create shop checkout looks up',
      'erase shop privacy',
      'keys shop privacy',
      'look-up shop checkout looks up',
      'reveal-full shop settlement',
      'reveal-masked shop support',
      'rotate shop operator',
    ]);
  });

  test('a grant is for the alias of the grantee, and for no function as such', () => {
    const other = stackIn(REGION);
    const vault = vaultIn(other);
    const caller = roleIn(other);
    vault.grantReveal(caller, { tenant: 'shop', view: 'masked' });
    const [policy] = Object.entries(resourcesOf(other, 'AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('Caller'),
    );
    expect(policy?.[1].Properties.PolicyDocument.Statement).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: { Ref: expect.stringMatching(/^VaultFunctionsRevealMaskedshop/) },
      },
    ]);
  });
});

describe('with an API', () => {
  const make = () => {
    const stack = stackIn(REGION);
    const api = new PrivateApi(stack, 'Api', { vpc: vpcIn(stack) });
    const vault = vaultIn(stack, {
      api,
      tenants: { ...TENANTS, market: { grantees: { a: ['reveal-full'], b: ['reveal-full'] } } },
    });
    return { stack, vault };
  };

  test('every route of the runtime is there, asks for a signature, and leads to the alias that nobody else may invoke', () => {
    const { stack } = make();
    const methods = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method'));
    expect(methods).toHaveLength(Object.keys(ROUTES).length);
    for (const { Properties } of methods) {
      expect(Properties.AuthorizationType).toBe('AWS_IAM');
      expect(JSON.stringify(Properties.Integration.Uri)).toMatch(/VaultFunctions[A-Z]\w+api[0-9A-F]{8}"/);
    }
    const names = new Set(aliasesIn(stack).map((each) => each.split(' ')[1]));
    expect(names).toEqual(new Set([API_ALIAS, OPERATOR_ALIAS, 'shop_operator', 'market_operator']));
    const paths = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Resource')).map(
      ({ Properties }) => Properties.PathPart,
    );
    for (const part of API_PREFIX.split('/').slice(1)) expect(paths).toContain(part);
  });

  test('a grant is for the routes of one grantee', () => {
    const { stack, vault } = make();
    vault.grantTokenize(roleIn(stack), { tenant: 'shop' });
    const text = JSON.stringify(
      Object.entries(resourcesOf(stack, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('Caller')),
    );
    expect(text).toContain('"/POST/t/shop/g/checkout/v1/tokens"');
    expect(text).not.toMatch(/deduplicated|reveal|lookup/);
  });

  test('deduplication is granted on its own, to whom has both rights', () => {
    const { stack, vault } = make();
    vault.grantTokenize(roleIn(stack), { tenant: 'shop', deduplicate: true });
    const text = JSON.stringify(
      Object.entries(resourcesOf(stack, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('Caller')),
    );
    expect(text).toContain('/v1/tokens/deduplicated');
    expect(text).not.toContain('lookup');
  });

  test('which of two grantees it is has to be said', () => {
    const { stack, vault } = make();
    const grant = (grantee?: string) => () =>
      vault.grantReveal(roleIn(stack, `R${grantee}`), {
        tenant: 'market',
        view: 'full',
        ...(grantee && { grantee }),
      });
    expect(grant('a')).not.toThrow();
    expect(grant()).toThrow(
      "one grantee of market must have reveal-full among its rights, got a and b, change 'tenants' or say 'grantee'",
    );
  });
});

describe('it is refused', () => {
  const build = (props: Partial<TokenVaultProps>) => () => vaultStack(() => props);
  const grantees = (given: object) =>
    ({ tenants: { shop: { grantees: given } } }) as Partial<TokenVaultProps>;
  const unresolved = Lazy.string({ produce: () => 'later' });

  test.each<[string, Partial<TokenVaultProps>, string]>([
    [
      'no tenant',
      { tenants: {} },
      "'tenants' must have at least one tenant, got none, name whose tokens they are",
    ],
    [
      'a tenant with a capital',
      { tenants: { Shop: { grantees: { a: ['erase'] } } } },
      `'tenants' must be small letters, digits and hyphens, at most 63, the first no hyphen, got "Shop", rename it`,
    ],
    ['no grantee', grantees({}), "'tenants.shop.grantees' must have at least one, got none, name who calls"],
    [
      'a grantee with an underscore',
      grantees({ a_b: ['erase'] }),
      `'tenants.shop.grantees' must be small letters, digits and hyphens, at most 63, the first no hyphen, got "a_b", rename it`,
    ],
    [
      'a right that is none',
      grantees({ a: ['read'] }),
      `'tenants.shop.grantees.a' must hold rights, got "read", use tokenize, reveal-masked, reveal-full, look-up, erase`,
    ],
    ['no right', grantees({ a: [] }), "'tenants.shop.grantees.a' must hold rights, got nothing, use"],
    [
      'more grantees than a function can be told',
      grantees(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`grantee-${at}`, ['erase']]))),
      "'tenants', 'types' and 'canaryTokens' must have at most 3000 bytes together, as a function is told them, got",
    ],
    [
      'a name with a capital',
      { vaultName: 'Payments' },
      `'vaultName' must be small letters, digits and hyphens, at most 63, the first no hyphen, since each derivation holds it, got "Payments", rename it`,
    ],
    [
      'a name that is not known yet',
      { vaultName: unresolved },
      "'vaultName' must be small letters, digits and hyphens, at most 63, the first no hyphen, since each derivation holds it, got an unresolved value, rename it",
    ],
    [
      'no owner',
      { owner: ' ' },
      '\'owner\' must be who answers for the vault, in 1 to 200 characters known at synthesis, got " ", name a role, a team or its address',
    ],
    [
      'eight days',
      { backupDays: 8 },
      "'backupDays' must be a whole number from 1 to 7, got 8, since so long an erased key could be restored",
    ],
    ['no day', { backupDays: 0 }, "'backupDays' must be a whole number from 1 to 7, got 0"],
    [
      'a token for its index',
      { canaryTokens: ['tok_abc'] },
      "'canaryTokens' must hold keyed indexes of 43 characters of base64url, got something else, take 'token' of the audit record and not the token itself",
    ],
    [
      'a mark with a space',
      { restoreMark: 'last week' },
      `'restoreMark' must be 1 to 128 letters, digits and . : _ -, known at synthesis, got "last week", name the day of the restore`,
    ],
    [
      'a function that is none',
      { concurrency: { tokenise: 5 } as never },
      `'concurrency' must name functions of a vault, got "tokenise", use create, reveal-masked, reveal-full, look-up, erase, rotate, keys, replay`,
    ],
    [
      'no sandbox',
      { concurrency: { create: 0 } },
      "'concurrency.create' must be a whole number from 1 to 100000, got 0",
    ],
    [
      'a threshold of a half',
      { thresholds: { revealsPerGrantee: 0.5 } },
      "'thresholds.revealsPerGrantee' must be a whole number from 1 to 1000000, got 0.5",
    ],
    [
      'a security code that is searchable',
      { types: [{ name: 'cvc', kind: 'security-code', format: 'random', searchable: true }] },
      "'types' must be types of tokens: ",
    ],
  ])('%s', (_, props, message) => {
    expect(build(props)).toThrow(message);
  });

  test('an unknown tenant, a grantee without the right, and names that are none', () => {
    const stack = stackIn(REGION);
    const vault = vaultIn(stack);
    const caller = roleIn(stack);
    expect(() => vault.grantErase(caller, { tenant: 'stall' })).toThrow(
      "'tenant' must be one of shop, got \"stall\", add it to 'tenants'",
    );
    expect(() => vault.grantReveal(caller, { tenant: 'shop', grantee: 'checkout', view: 'full' })).toThrow(
      "the grantee checkout of shop must have reveal-full among its rights, got none, change 'tenants'",
    );
    expect(() => vault.grantErase(caller, { tenant: 'shop*' })).toThrow(
      "'tenant' and 'grantee' must be names",
    );
  });
});

describe('a vault of another stack', () => {
  test('is called by the aliases of its functions', () => {
    const stack = stackIn(REGION);
    const vault = TokenVault.fromTokenVaultAttributes(stack, 'Vault', {
      vaultName: 'payments',
      functionArns: { create: 'arn:aws:lambda:eu-west-1:111122223333:function:create' },
    });
    vault.grantTokenize(roleIn(stack), { tenant: 'shop', grantee: 'checkout' });
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:create:shop_checkout',
          }),
        ],
      }),
    });
    expect(() => vault.grantLookup(roleIn(stackIn(REGION)), { tenant: 'shop', grantee: 'checkout' })).toThrow(
      "'functionArns' must hold look-up to grant it, got none, add its ARN",
    );
    expect(vault.metricKeyErrors().dimensions).toEqual({ Vault: 'payments' });
  });

  test('or by its API, where who calls has to be said', () => {
    const stack = stackIn(REGION);
    const api = PrivateApi.fromPrivateApiAttributes(stack, 'Api', { restApiId: 'a1b2c3d4e5' });
    const vault = TokenVault.fromTokenVaultAttributes(stack, 'Vault', { vaultName: 'payments', api });
    expect(() => vault.grantErase(roleIn(stack), { tenant: 'shop' })).toThrow(
      "'grantee' must be said where 'tenants' of an imported vault are not known, name it",
    );
    vault.grantErase(roleIn(stack, 'Privacy'), { tenant: 'shop', grantee: 'privacy' });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toContain(
      '/prod/POST/t/shop/g/privacy/v1/subjects/erase',
    );
  });

  test('is one or the other', () => {
    expect(() =>
      TokenVault.fromTokenVaultAttributes(stackIn(REGION), 'Vault', { vaultName: 'payments' }),
    ).toThrow(
      "exactly one of 'api' and 'functionArns' must be set, since by one of them the vault is called, name it",
    );
  });
});

describe('alarms', () => {
  test('are fired by what they are for, and by nothing near it', () => {
    const stack = vaultStack(() => ({ canaryTokens: ['a'.repeat(43)] }));
    const template = rendered(stack).toJSON();
    const { silent, falseAlarms } = drill({ Vault: template }, VAULT_RECORDINGS);
    expect({ silent, falseAlarms }).toEqual({ silent: [], falseAlarms: [] });
  });

  test('watch each grantee that reveals, each that creates, and canaries where there are some', () => {
    const stack = stackIn(REGION);
    const { alarms } = vaultIn(stack);
    expect([...alarms.reveals.keys()]).toEqual(['shop/support', 'shop/settlement']);
    expect([...alarms.creations.keys()]).toEqual(['shop/checkout']);
    expect(alarms.canaryRevealed).toBeUndefined();
  });
});

test('two vaults stand in one network, where the second takes the endpoints of the first', () => {
  const stack = stackIn(REGION);
  const network = networkIn(stack);
  const own = { tenants: TENANTS, owner: 'payments@shop.example', network };
  new TokenVault(stack, 'One', own);
  const child = (id: string) => network.node.findChild(id) as never;
  new TokenVault(stack, 'Two', {
    ...own,
    endpoints: {
      kms: child('OneKms'),
      logs: child('OneLogs'),
      dynamodb: child('OneDynamoDb'),
      s3: child('OneS3'),
    },
  });
  rendered(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 4);
});
