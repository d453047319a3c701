import { TRANSFER_LISTS, type TransferBasis, type TransferLists } from '../../../core/classification';

/** Somebody who gets personal data, as the register of processors and recipients has them (GDPR 28, 30(1)(d)). */
export interface RegisteredRecipient {
  readonly name: string;
  /** Hosts that data is sent to, such as `api.parcels.example`; those below it are meant as well. @default - none */
  readonly hosts?: readonly string[];
  /** Accounts of AWS that data is shared with: 12 digits. @default - none */
  readonly accounts?: readonly string[];
  /** Where the contract is to be found (GDPR 28(3)). */
  readonly agreement: string;
  /** Why data may go there, where that is outside of the European Economic Area. @default - it is within */
  readonly transferBases?: readonly TransferBasis[];
}

/** What an organisation decides about its personal data, beside what its templates say. */
export interface GdprParameters {
  /** Where personal data may be, by the law. */
  readonly transferLists: TransferLists;
  /** Regions that personal data may be in, where that is less than the law allows. @default - the law alone */
  readonly allowedRegions?: readonly string[];
  /** The register of processors and recipients. */
  readonly recipients: readonly RegisteredRecipient[];
  /** What users may be asked for when they sign up, by the names that Amazon Cognito has. */
  readonly userAttributes: readonly string[];
  /** What is masked in logs that hold personal data, by the names that CloudWatch Logs has. */
  readonly maskedIdentifiers: readonly string[];
  /** After how many days an assessment of impact has to be looked at again (GDPR 35(11)). */
  readonly assessmentDays: number;
}

/** What holds where nobody decides otherwise. */
export const DEFAULT_GDPR_PARAMETERS: GdprParameters = {
  transferLists: TRANSFER_LISTS,
  recipients: [],
  userAttributes: ['email', 'phone_number', 'preferred_username', 'name', 'given_name', 'family_name'],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protect-sensitive-log-data-types.html
  maskedIdentifiers: ['EmailAddress', 'Name', 'Address'],
  assessmentDays: 365,
};
