import { type Duration, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { TARGET_TLS_ENVIRONMENT } from '../../target/environment';
import { invalidProperty } from '../invalid-property';
import {
  type BoundTargetCertificate,
  type CertificateSource,
  type CertificateTarget,
  HopAssurance,
} from './certificate-source';
import { checkUser } from './container-user';
import { CERTIFICATE_FILE, KEY_FILE, keyAndCertificateScript, SHELL } from './key-and-certificate-script';
import { daysOfValidity } from './validity';

/** The folder of the volume that both containers see. */
export const TARGET_CERTIFICATE_FOLDER = '/run/target-tls';
const VOLUME = 'target-tls';

/**
 * What Docker gives a container of root, without `CHOWN`. AWS Fargate takes no list of what to add back after
 * `ALL`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
 */
const ALL_BUT_CHOWN = [
  ecs.Capability.AUDIT_WRITE,
  ecs.Capability.DAC_OVERRIDE,
  ecs.Capability.FOWNER,
  ecs.Capability.FSETID,
  ecs.Capability.KILL,
  ecs.Capability.MKNOD,
  ecs.Capability.NET_BIND_SERVICE,
  ecs.Capability.NET_RAW,
  ecs.Capability.SETFCAP,
  ecs.Capability.SETGID,
  ecs.Capability.SETPCAP,
  ecs.Capability.SETUID,
  ecs.Capability.SYS_CHROOT,
];

/** Properties of a certificate that is made when the task starts. */
export interface ContainerStartCertificateProps {
  /**
   * The image that makes it, which holds `sh` and `openssl` (1.1.1 or newer): given by digest, such as
   * `ContainerImage.fromRegistry('…@sha256:…')`, or built from a folder of yours. A tag could be moved to an
   * image that keeps the key it makes.
   */
  readonly image: ecs.ContainerImage;
  /**
   * For how long the certificate is valid: from 1 to 397 days. It is not renewed, and has to outlive the
   * task.
   *
   * @default Duration.days(365), see `TARGET_CERTIFICATE_DAYS`
   */
  readonly validity?: Duration;
}

/** A certificate from a container that runs before the target does, once for every task. */
export function containerStartSource(props: ContainerStartCertificateProps): CertificateSource {
  return {
    assurance: HopAssurance.ENCRYPTED,
    why: 'the certificate is made when the task starts and signed by nobody else, so that nobody could verify it; load balancers would not try',
    inProxy: false,
    bind: (scope, target) => bind(scope, target, props),
  };
}

function bind(
  scope: Construct,
  { container, user, logging }: CertificateTarget,
  { image, validity }: ContainerStartCertificateProps,
): BoundTargetCertificate {
  checkUser(scope, user);
  const days = daysOfValidity(scope, validity);
  const { taskDefinition } = container;
  taskDefinition.addVolume({ name: VOLUME });

  const maker = taskDefinition.addContainer('TargetCertificate', {
    image,
    essential: false,
    entryPoint: SHELL,
    command: [keyAndCertificateScript({ folder: TARGET_CERTIFICATE_FOLDER, owner: user, days })],
    // The volume belongs to root, and nobody else may write to it.
    user: '0:0',
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: new ecs.LinuxParameters(new Construct(scope, 'TargetCertificate'), 'Linux'),
    logging,
  });
  maker.linuxParameters?.dropCapabilities(...ALL_BUT_CHOWN);
  checkDigest(scope, image, maker);
  maker.addMountPoints({ sourceVolume: VOLUME, containerPath: TARGET_CERTIFICATE_FOLDER, readOnly: false });

  container.addMountPoints({
    sourceVolume: VOLUME,
    containerPath: TARGET_CERTIFICATE_FOLDER,
    readOnly: true,
  });
  container.addContainerDependencies({
    container: maker,
    condition: ecs.ContainerDependencyCondition.SUCCESS,
  });
  container.addEnvironment(TARGET_TLS_ENVIRONMENT.source, 'files');
  container.addEnvironment(TARGET_TLS_ENVIRONMENT.minVersion, 'TLSv1.2');
  container.addEnvironment(TARGET_TLS_ENVIRONMENT.keyFile, `${TARGET_CERTIFICATE_FOLDER}/${KEY_FILE}`);
  container.addEnvironment(
    TARGET_TLS_ENVIRONMENT.certificateFile,
    `${TARGET_CERTIFICATE_FOLDER}/${CERTIFICATE_FILE}`,
  );
  return { dependencies: [] };
}

/** What an asset is called follows from what is in it; any other image has to be named by what is in it. */
function checkDigest(
  scope: Construct,
  image: ecs.ContainerImage,
  { imageName }: ecs.ContainerDefinition,
): void {
  const name = JSON.stringify(Stack.of(scope).resolve(imageName) ?? null);
  if (image instanceof ecs.AssetImage || /@sha256:[0-9a-f]{64}(?![0-9a-f])/.test(name)) return;
  throw invalidProperty(
    scope,
    `'image' must be given by digest, since it makes a key, got ${name.slice(0, 120)}, name it as '…@sha256:…' ('docker buildx imagetools inspect' prints it)`,
  );
}
