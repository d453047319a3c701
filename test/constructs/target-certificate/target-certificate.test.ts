import { CfnParameter, Duration, type Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { HopAssurance, TargetCertificate } from '../../../lib/constructs/target-certificate';
import { rendered, resourcesOf, stackIn } from '../support';

const TASK = 'AWS::ECS::TaskDefinition';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const MAKER = ecs.ContainerImage.fromRegistry(`registry.example.com/openssl@${DIGEST}`);
const AUTHORITY =
  'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

function bind(stack: Stack, certificate: TargetCertificate, user = '1000:1000') {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  const container = taskDefinition.addContainer('App', {
    image: ecs.ContainerImage.fromRegistry('registry.example.com/app'),
  });
  return certificate.bind(stack, { container, user });
}

function containersOf(stack: Stack): Record<string, Record<string, unknown>> {
  const [task] = Object.values(resourcesOf(stack, TASK));
  const list: Record<string, unknown>[] = task?.Properties.ContainerDefinitions;
  return Object.fromEntries(list.map((each) => [String(each.Name), each]));
}

const authorityIn = (stack: Stack, arn = AUTHORITY) =>
  acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, 'Authority', arn);

describe('TargetCertificate.atContainerStart', () => {
  const defined = (user?: string, validity?: Duration) => {
    const stack = stackIn('eu-west-1');
    bind(stack, TargetCertificate.atContainerStart({ image: MAKER, validity }), user);
    return containersOf(stack);
  };

  test('has a container make key and certificate before the target begins', () => {
    const { App, TargetCertificate: maker } = defined();
    expect(App).toMatchObject({ DependsOn: [{ ContainerName: 'TargetCertificate', Condition: 'SUCCESS' }] });
    expect(maker).toMatchObject({
      Image: `registry.example.com/openssl@${DIGEST}`,
      Essential: false,
      EntryPoint: ['sh', '-c'],
      Command: [expect.stringContaining('-pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 365 ')],
    });
  });

  test('shares the volume for reading only, and says where the files are and that TLS 1.2 is the least', () => {
    const { App, TargetCertificate: maker } = defined();
    const mount = { SourceVolume: 'target-tls', ContainerPath: '/run/target-tls' };
    expect(maker).toMatchObject({ MountPoints: [{ ...mount, ReadOnly: false }] });
    expect(App).toMatchObject({
      MountPoints: [{ ...mount, ReadOnly: true }],
      Environment: [
        { Name: 'TARGET_TLS_SOURCE', Value: 'files' },
        { Name: 'TARGET_TLS_MIN_VERSION', Value: 'TLSv1.2' },
        { Name: 'TARGET_TLS_KEY_FILE', Value: '/run/target-tls/key.pem' },
        { Name: 'TARGET_TLS_CERTIFICATE_FILE', Value: '/run/target-tls/certificate.pem' },
      ],
    });
  });

  test('lets the container that makes them do nothing else: of root, it has the right to give files away', () => {
    const { TargetCertificate: maker } = defined();
    expect(maker).toMatchObject({ User: '0:0', Privileged: false, ReadonlyRootFilesystem: true });
    const kept = (maker?.LinuxParameters ?? {}) as { Capabilities?: { Add?: string[]; Drop?: string[] } };
    const { Add, Drop = [] } = kept.Capabilities ?? {};
    // The list of Docker: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
    const docker =
      'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT';
    expect(docker.split(' ').filter((each) => !Drop.includes(each))).toEqual(['CHOWN']);
    expect(Add).toBeUndefined();
  });

  test('gives the files to the user of the target, for as many days as it is told', () => {
    const { TargetCertificate: maker } = defined('33:44', Duration.days(30));
    expect(maker).toMatchObject({
      Command: [expect.stringMatching(/ -days 30 .*\nchown 33:44 /s)],
    });
  });

  test('is encrypted, and says why it is no more', () => {
    const certificate = TargetCertificate.atContainerStart({ image: MAKER });
    expect(certificate.assurance).toBe(HopAssurance.ENCRYPTED);
    expect(certificate.why).toContain('load balancers would not try');
    expect(certificate.inProxy).toBe(false);
  });

  test('takes an image of ECR by digest, and one that is built here', () => {
    const stack = stackIn('eu-west-1');
    const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'openssl');
    const image = ecs.ContainerImage.fromEcrRepository(repository, DIGEST);
    expect(() => bind(stack, TargetCertificate.atContainerStart({ image }))).not.toThrow();
    const other = stackIn('eu-west-1');
    const built = ecs.ContainerImage.fromAsset(__dirname, { file: 'key-and-certificate-script.test.ts' });
    expect(() => bind(other, TargetCertificate.atContainerStart({ image: built }))).not.toThrow();
  });

  test.each([
    ['a tag', 'registry.example.com/openssl:3'],
    ['nothing', 'registry.example.com/openssl'],
    ['half a digest', 'registry.example.com/openssl@sha256:0123'],
    ['too long a digest', `registry.example.com/openssl@${DIGEST}0`],
  ])('refuses an image by %s', (_, name) => {
    const image = ecs.ContainerImage.fromRegistry(name);
    expect(() => bind(stackIn('eu-west-1'), TargetCertificate.atContainerStart({ image }))).toThrow(
      `Stack: 'image' must be given by digest, since it makes a key, got "${name}", name it as '…@sha256:…' ('docker buildx imagetools inspect' prints it)`.slice(
        0,
        90,
      ),
    );
  });

  test('refuses an image that a parameter names', () => {
    const stack = stackIn('eu-west-1');
    const image = ecs.ContainerImage.fromRegistry(new CfnParameter(stack, 'Image').valueAsString);
    expect(() => bind(stack, TargetCertificate.atContainerStart({ image }))).toThrow(
      '\'image\' must be given by digest, since it makes a key, got {"Ref":"Image"}',
    );
  });

  test.each(['0:0', '0:1000', '1000:0', '1000', 'node', 'node:node', '', '1000:1000; rm -rf /'])(
    'refuses the user %j',
    (user) => {
      expect(() => defined(user)).toThrow(
        `'user' must be the numbers of a user and a group other than root, such as '1000:1000', got ${JSON.stringify(user)}, look them up in the image ('id')`,
      );
    },
  );

  test('refuses a user that is an unresolved value', () => {
    expect(() => defined(Token.asString({ Ref: 'User' }))).toThrow(
      "root, such as '1000:1000', got an unresolved value",
    );
  });

  test.each([
    [Duration.days(0), '0 days'],
    [Duration.days(398), '398 days'],
    [Duration.hours(36), '1.5 days'],
    [Duration.days(Token.asNumber({ Ref: 'Days' })), 'an unresolved value'],
  ])('refuses a validity of %s', (validity, got) => {
    expect(() => defined(undefined, validity)).toThrow(
      `'validity' must be whole days, from 1 to 397, got ${got}, leave it out for 365`,
    );
  });
});

describe('TargetCertificate.inProcess', () => {
  test('tells the target to make one, for how many days, and that TLS 1.2 is the least', () => {
    const stack = stackIn('eu-west-1');
    bind(stack, TargetCertificate.inProcess({ validity: Duration.days(7) }));
    expect(Object.keys(containersOf(stack))).toEqual(['App']);
    expect(containersOf(stack).App).toMatchObject({
      Environment: [
        { Name: 'TARGET_TLS_SOURCE', Value: 'process' },
        { Name: 'TARGET_TLS_MIN_VERSION', Value: 'TLSv1.2' },
        { Name: 'TARGET_TLS_VALIDITY_DAYS', Value: '7' },
      ],
    });
  });

  test('is valid for a year, and refuses more than 397 days', () => {
    const stack = stackIn('eu-west-1');
    bind(stack, TargetCertificate.inProcess());
    expect(containersOf(stack).App).toMatchObject({
      Environment: expect.arrayContaining([{ Name: 'TARGET_TLS_VALIDITY_DAYS', Value: '365' }]),
    });
    expect(() =>
      bind(stackIn('eu-west-1'), TargetCertificate.inProcess({ validity: Duration.days(400) })),
    ).toThrow("'validity' must be whole days, from 1 to 397, got 400 days");
  });

  test('is encrypted, and says why it is no more', () => {
    const { assurance, why } = TargetCertificate.inProcess();
    expect(assurance).toBe(HopAssurance.ENCRYPTED);
    expect(why).toContain('nobody could verify it');
  });
});

describe('TargetCertificate.serviceConnect', () => {
  test('is encrypted and authenticated between services, and says that load balancers do not verify', () => {
    const certificate = TargetCertificate.serviceConnect({
      certificateAuthority: authorityIn(stackIn('eu-west-1')),
    });
    expect(certificate.assurance).toBe(HopAssurance.ENCRYPTED_AND_AUTHENTICATED);
    expect(certificate.why).toContain('load balancers do not');
    expect(certificate.inProxy).toBe(true);
  });

  test('has ECS get certificates from the authority, by a role of its own, and keep keys under a key of the account', () => {
    const stack = stackIn('eu-west-1');
    const { serviceConnectTls } = bind(
      stack,
      TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(stack) }),
    );
    const [key] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(stack.resolve(serviceConnectTls?.kmsKey?.keyRef.keyArn)).toEqual({ 'Fn::GetAtt': [key, 'Arn'] });
    expect(serviceConnectTls?.awsPcaAuthorityArn).toBe(AUTHORITY);
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
    rendered(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' } },
        ],
      },
      ManagedPolicyArns: [
        {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity',
            ],
          ],
        },
      ],
    });
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [key, 'Arn'] },
          },
        ],
      },
    });
  });

  test('tells the container that the proxy ends TLS', () => {
    const stack = stackIn('eu-west-1');
    bind(stack, TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(stack) }));
    expect(containersOf(stack).App).toMatchObject({
      Environment: [{ Name: 'TARGET_TLS_SOURCE', Value: 'proxy' }],
    });
  });

  test('tags an authority of this app so that ECS may use it, and has the service wait for its activation', () => {
    const stack = stackIn('eu-west-1');
    const certificateAuthority = new acmpca.CfnCertificateAuthority(stack, 'Authority', {
      type: 'ROOT',
      usageMode: 'SHORT_LIVED_CERTIFICATE',
      keyAlgorithm: 'EC_prime256v1',
      signingAlgorithm: 'SHA256WITHECDSA',
      subject: { commonName: 'shop.internal' },
    });
    const activation = new acmpca.CfnCertificateAuthorityActivation(stack, 'Activation', {
      certificateAuthorityArn: certificateAuthority.attrArn,
      certificate: 'pem',
      status: 'ACTIVE',
    });
    const bound = bind(stack, TargetCertificate.serviceConnect({ certificateAuthority, activation }));
    expect(bound.dependencies).toContain(activation);
    rendered(stack).hasResourceProperties('AWS::ACMPCA::CertificateAuthority', {
      Tags: [{ Key: 'AmazonECSManaged', Value: 'true' }],
    });
  });

  test('takes a key and a role that exist, and lets the role use the key', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = new kms.Key(stack, 'Key');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com') });
    const { serviceConnectTls } = bind(
      stack,
      TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(stack), encryptionKey, role }),
    );
    expect(serviceConnectTls).toMatchObject({ kmsKey: encryptionKey, role });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 1);
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^Role') }],
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } }),
        ],
      },
    });
  });

  test('refuses an authority of another region, and an ARN of something else', () => {
    const stack = stackIn('eu-west-1');
    const elsewhere = AUTHORITY.replace('eu-west-1', 'us-east-1');
    expect(() =>
      bind(stack, TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(stack, elsewhere) })),
    ).toThrow(
      `'certificateAuthority' must be in the region of the service (eu-west-1), got "${elsewhere}", use one of that region`,
    );
    const other = stackIn('eu-west-1');
    const acm = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
    expect(() =>
      bind(other, TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(other, acm) })),
    ).toThrow(`'certificateAuthority' must be an authority of AWS Private CA, got "${acm}", name its ARN`);
  });

  test('lets an authority through whose ARN is not known yet, and any in a stack without region', () => {
    const stack = stackIn();
    expect(() =>
      bind(stack, TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(stack) })),
    ).not.toThrow();
    const other = stackIn('eu-west-1');
    const arn = new CfnParameter(other, 'Arn').valueAsString;
    expect(() =>
      bind(other, TargetCertificate.serviceConnect({ certificateAuthority: authorityIn(other, arn) })),
    ).not.toThrow();
  });
});
