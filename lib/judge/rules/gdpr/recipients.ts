import type { DataDescription } from '../../../core/classification';
import { readClassification } from '../../classification';
import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved } from '../../template';
import { violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { EXTERNAL_TYPES, type External, externalsOf } from './externals';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { personalDataAt, personalStoresOf } from './personal-data';
import { accountOf, isNarrowed, SHARED_TYPES, sharingOf } from './principals';
import { personalDataRow } from './row';
import { SERVICE_ACCOUNTS } from './service-accounts';

/** Types of which another rule asks whether everybody may read them. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set(['AWS::S3::Bucket', 'AWS::OpenSearchService::Domain']);

/** Rules on who gets personal data, with their levels. */
export function recipientRows(parameters: GdprParameters): readonly PackRule[] {
  return [
    personalDataRow('warning', {
      id: 'ExternalRecipientIsNamed',
      title: 'whoever gets personal data outside of AWS is named as a recipient',
      risk: 'Data of persons goes to a company that no contract binds, and that no record names: nobody can tell persons who has it, or have it erased there.',
      fix: 'Name the recipient in the tag data:recipients of the stream or topic, or in Metadata SecureTransmissionData of the destination, as it stands in the register of processors; or add its host to the register that the pack is given. CDK: recipients of DataClassification.',
      references: { gdpr: ['28(1)', '28(3)', '30(1)(d)', '44'] },
      resourceTypes: EXTERNAL_TYPES,
      test: (properties) =>
        externalsOf(properties).map((external) => isNamed(external, properties, parameters)),
    }),
    personalDataRow('warning', {
      id: 'ForeignAccountIsNamed',
      title: 'an account of somebody else that personal data is shared with is named as a recipient',
      risk: 'Whoever holds the other account reads and copies the data, and nobody has written down that they do, or why they may.',
      fix: 'Write the number of the account beside the name of its holder in the tag data:recipients, add it to the register that the pack is given, or remove the principal from the policy. CDK: recipients of DataClassification; grantRead(new AccountPrincipal(…)) is what shares it.',
      references: { gdpr: ['28(1)', '28(3)', '30(1)(d)', '32(4)'] },
      resourceTypes: SHARED_TYPES,
      test: (properties) => {
        const description = personalDataAt(properties);
        if (description === undefined) return NOT_APPLICABLE;
        return [
          ...sharingOf(properties).flatMap((shared): readonly Verdict[] => {
            if ('why' in shared) return [hiddenAt(shared.at, shared.why)];
            return shared.principals.map((principal) => {
              const account = accountOf(principal);
              if (account instanceof Unresolved) return hiddenAt(shared.statement, account.why);
              return accountIsNamed(account, shared.statement, description, properties, parameters);
            });
          }),
          ...replicasOf(properties).map((at) => {
            const account = accountOf(at.value() ?? '');
            if (account instanceof Unresolved) return hiddenAt(at, account.why);
            return accountIsNamed(account, at, description, properties, parameters);
          }),
        ];
      },
    }),
    personalDataRow('error', {
      id: 'PersonalDataIsNotPublic',
      title: 'no policy lets everybody get at personal data',
      risk: 'Anyone with an account of AWS, or without one, reads the data, or fills the store with theirs.',
      fix: 'Name principals in the policy, or limit it with a condition on aws:PrincipalOrgID, aws:SourceArn or aws:SourceAccount. CDK: grant methods name principals; a PolicyStatement with AnyPrincipal does not.',
      references: { gdpr: ['25(2)', '32(1)(b)', '5(1)(f)'], cwe: ['CWE-284'] },
      resourceTypes: SHARED_TYPES.filter((type) => !ASKED_ELSEWHERE.has(type)),
      test: (properties) => {
        if (personalDataAt(properties) === undefined) return NOT_APPLICABLE;
        return sharingOf(properties).map((shared) => {
          // What is hidden, ForeignAccountIsNamed tells.
          if ('why' in shared || isNarrowed(shared.condition)) return NOT_APPLICABLE;
          if (!shared.principals.includes('*')) return COMPLIANT;
          const { resource, path } = shared.statement;
          const want = 'for principals, or under a condition, that you know';
          return { verdict: 'violation', resource, path, got: 'an Allow for everybody', want };
        });
      },
    }),
  ];
}

function hiddenAt({ resource, path }: Pick<Cursor, 'resource' | 'path'>, why: string): Verdict {
  return { verdict: 'unknown', resource, path, why };
}

/** Buckets replicate to accounts of others, too. */
function replicasOf(store: Cursor): readonly Cursor[] {
  return store
    .at('ReplicationConfiguration', 'Rules')
    .items()
    .map((rule) => rule.at('Destination', 'Account'))
    .filter((account) => account.isPresent);
}

function accountIsNamed(
  account: string | undefined,
  { resource, path }: Pick<Cursor, 'resource' | 'path'>,
  { recipients = [] }: DataDescription,
  store: Cursor,
  parameters: GdprParameters,
): Verdict {
  if (account === undefined || account === 'own' || account === 'everybody') return COMPLIANT;
  if (SERVICE_ACCOUNTS.has(account)) return COMPLIANT;
  const { account: own } = store.resource.template.source;
  if (account === own) return COMPLIANT;
  const isKnown =
    recipients.some((recipient) => recipient.includes(account)) ||
    parameters.recipients.some(({ accounts = [] }) => accounts.includes(account));
  if (isKnown) return COMPLIANT;
  if (own === undefined) {
    return hiddenAt({ resource, path }, `the stack is bound to no account, and ${account} may be another`);
  }
  const want = 'a recipient that data:recipients or the register names';
  return { verdict: 'violation', resource, path, got: `an Allow for account ${account}`, want };
}

function isNamed(external: External, properties: Cursor, { recipients: register }: GdprParameters): Verdict {
  const { at, source } = external;
  const { description } = readClassification(source);
  const own = personalDataAt(source);
  if (description.value !== undefined && own === undefined) return NOT_APPLICABLE;
  // What keeps nothing itself says nothing: then what the app holds may go there.
  if (own === undefined && (external.saysItself || !holdsPersons(properties))) return NOT_APPLICABLE;
  if ((own?.recipients ?? []).length > 0) return COMPLIANT;
  if ('why' in external) return hiddenAt(at, external.why);
  const { host } = external;
  const isRegistered = register.some(({ hosts = [] }) =>
    hosts.some((known) => host === known || host.endsWith(`.${known}`)),
  );
  return isRegistered
    ? COMPLIANT
    : violation(at, host, 'a recipient that data:recipients or the register names');
}

/** Whether stores of the same stack hold personal data. */
function holdsPersons({ resource, world }: Cursor): boolean {
  return personalStoresOf(world.app).some(({ template }) => template === resource.template);
}

/** Rules on who gets personal data, with their levels. */
export const RECIPIENT_ROWS = recipientRows(DEFAULT_GDPR_PARAMETERS);
