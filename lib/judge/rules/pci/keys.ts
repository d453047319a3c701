import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { isGiven, type PropertyTest, pointingAt, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

const AUTHORITY = 'AWS::ACMPCA::CertificateAuthority';
const ACTIVATION = 'AWS::ACMPCA::CertificateAuthorityActivation';
const SECRET = 'AWS::SecretsManager::Secret';
const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';
const ATTACHMENT = 'AWS::SecretsManager::SecretTargetAttachment';

/** Rules on certificate authorities and secrets, with their levels. */
export const KEYS_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'RootCertificateAuthorityIsDisabled',
    title: 'a private root certificate authority is disabled between the certificates that it signs',
    risk: 'Whoever may call an active root issues certificates for any name that everything inside trusts, and a root cannot be revoked.',
    fix: 'Let a subordinate AWS::ACMPCA::CertificateAuthority issue certificates, and set Status of the AWS::ACMPCA::CertificateAuthorityActivation of the root to DISABLED once the subordinate is signed: that takes a second deployment. CDK: ACM PCA has L1 only (CfnCertificateAuthorityActivation.status), which is ACTIVE when left out.',
    references: {
      pciDss: ['3.6.1', '3.6.1.2', '3.6.1.3', '3.7.1', '3.7.2', '3.7.6', '3.7.7', '4.2.1.1'],
      gdpr: ['32(1)(a)'],
      securityHub: ['PCA.1'],
      cwe: ['CWE-295'],
      awsConfig: ['ACM_PCA_ROOT_CA_DISABLED'],
    },
    resourceTypes: [ACTIVATION],
    test: rootIsDisabled,
  }),
  propertyRow('warning', {
    id: 'SecretIsRotated',
    title: 'a secret is replaced by itself',
    risk: 'A password that nobody replaces works for whoever has once seen it: in a log, a backup, or as a former colleague.',
    fix: 'Add an AWS::SecretsManager::RotationSchedule whose SecretId is the secret, or its AWS::SecretsManager::SecretTargetAttachment. CDK: secret.addRotationSchedule() or database.addRotationSingleUser(); a Secret alone is not rotated. Waive it for what somebody else issues, such as the key of a partner.',
    references: {
      pciDss: ['8.2.2', '8.3.9', '8.3.10.1', '8.6.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['SecretsManager.1'],
      cwe: ['CWE-262'],
      awsConfig: ['SECRETSMANAGER_ROTATION_ENABLED_CHECK'],
    },
    resourceTypes: [SECRET],
    test: isRotated,
  }),
  propertyRow('info', {
    id: 'SecretHasOwnKey',
    title: 'a secret is encrypted with a key of its owner',
    risk: 'The key that AWS keeps for the account opens for everybody who may read the secret: no key policy stands in the way, nobody can take the key back, and other accounts cannot be given the secret.',
    fix: 'Set KmsKeyId to the ARN of an AWS::KMS::Key. CDK: encryptionKey of Secret; left out it is alias/aws/secretsmanager.',
    references: {
      pciDss: ['3.5.1', '8.3.2'],
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-522'],
      awsConfig: ['SECRETSMANAGER_USING_CMK'],
    },
    resourceTypes: [SECRET],
    test: hasOwnKey('KmsKeyId', 'alias/aws/secretsmanager'),
  }),
];

/** A key that is named, and is not the one that AWS keeps for the service. */
export function hasOwnKey(path: string, ofService: string): PropertyTest {
  return (properties, context) => {
    const at = properties.at(...path.split('.'));
    const value = at.value();
    // What refers to a key is a key of somebody; only text can be the alias of AWS's own.
    return typeof value === 'string' && value.endsWith(ofService)
      ? violation(at, value, 'the ARN of a key of yours')
      : isGiven(path, 'the ARN of a key of yours')(properties, context);
  };
}

/** Only a root that has been given its certificate can sign. */
function rootIsDisabled(properties: Cursor): Verdict {
  const status = properties.at('Status');
  const state = status.string();
  if (state.state === 'given' && state.value.toUpperCase() === 'DISABLED') return COMPLIANT;
  const place = properties.at('CertificateAuthorityArn');
  const authority = place.reference();
  if (authority?.type !== AUTHORITY)
    return unknown(place, 'its certificate authority is not in a template at hand');
  const type = properties.world.view(authority).at('Type');
  const kind = type.string();
  if (kind.state === 'unresolved') return unknown(type, kind.why);
  if (kind.state === 'given' && kind.value.toUpperCase() !== 'ROOT') return NOT_APPLICABLE;
  if (state.state === 'unresolved') return unknown(status, state.why);
  return violation(status, state.state === 'given' ? state.value : 'absent', 'DISABLED');
}

/** A schedule names the secret, or the attachment of the secret to its database. */
function isRotated(properties: Cursor): Verdict {
  const { world } = properties;
  const direct = pointingAt(properties, SCHEDULE, 'SecretId');
  if (direct.found.length > 0) return COMPLIANT;
  const attachments = pointingAt(properties, ATTACHMENT, 'SecretId').found;
  const behind = attachments.map((attachment) =>
    pointingAt(world.view(attachment.resource), SCHEDULE, 'SecretId'),
  );
  if (behind.some(({ found }) => found.length > 0)) return COMPLIANT;
  const hidden = [direct, ...behind].find((pointing) => pointing.hidden !== undefined)?.hidden;
  if (hidden === undefined) return violation(properties, 'no rotation schedule', 'one');
  return unknown(properties, `${hidden.resource.logicalId} does not tell which secret it rotates`);
}
