import { AspectPriority, Aspects, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct, Node } from 'constructs';
import {
  type DataDescription,
  type DescriptionField,
  describeAs,
  describedAs,
  encodeTags,
  FIELDS,
  missingFrom,
  problemsOf,
} from '../core/classification';
import { TransmissionError } from '../core/errors';
import { ClassificationWriter } from './classification-writer';

/** What a construct holds. */
export interface DataClassificationProps extends Omit<DataDescription, 'erasureHandler'> {
  /**
   * What erases the data of one person (GDPR 17): a construct of this app, or the name of something outside.
   *
   * @default - not said
   */
  readonly erasureHandler?: string | IConstruct;
}

/** What the GDPR asks to be said of any personal data. */
type AskedOfPersonalData = 'categories' | 'subjects' | 'purposes' | 'lawfulBases' | 'retentionDays' | 'owner';

/** What has to be said about personal data (GDPR 5(1)(b), 5(1)(e), 6(1), 30(1)); the rest is optional. */
export interface PersonalDataProps
  extends Omit<
      DataClassificationProps,
      'holds' | 'reason' | 'specialCategoryConditions' | AskedOfPersonalData
    >,
    Required<Pick<DataDescription, AskedOfPersonalData>> {}

/** What has to be said about special categories of personal data: also why they may be processed at all (GDPR 9(2)). */
export interface SpecialCategoryDataProps
  extends PersonalDataProps,
    Required<Pick<DataDescription, 'specialCategoryConditions'>> {}

/** What can be said about other data. */
export interface OtherDataProps extends Omit<DataClassificationProps, 'holds' | 'reason'> {}

/** What can be said about data that nobody's protection depends on. */
export interface UnprotectedDataProps
  extends Pick<DataDescription, 'owner' | 'purposes' | 'retentionDays' | 'categories'> {}

/**
 * Says what a construct holds, for rules, inventories and the record of processing (GDPR 30).
 *
 * ```text
 * DataClassification.of(orders).holdsPersonalData({
 *   categories: ['delivery-address'], subjects: ['customers'], purposes: ['delivery of orders'],
 *   lawfulBases: ['contract'], retentionDays: 400, owner: 'orders@shop.example', erasureHandler: eraser,
 * });
 * ```
 *
 * It holds for every data store below the construct, until something nearer says otherwise: then that alone holds,
 * nothing is merged. It is written into each store: as tags, and as Metadata where a type has no tags or takes few.
 * Aspects of CDK do not go into Stages: said of an App, it has to be said after its Stages are made.
 */
export class DataClassification {
  /** Says what `scope` holds: a store, something around it, a Stack, a Stage or the App. */
  static of(scope: IConstruct): DataClassification {
    return new DataClassification(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Says everything at once, also of stores that hold several things.
   *
   * @throws TransmissionError where a word is unknown, parts contradict each other, what the GDPR asks of personal data is
   * missing, a value is not known at synthesis or fits no tag, or the construct has said it already
   */
  set(props: DataClassificationProps): this {
    const description = this.resolved(props);
    const [problem] = problemsOf(description);
    if (problem !== undefined) throw this.invalid(problem.message);
    const [missing] = missingFrom(description);
    if (missing !== undefined)
      throw this.invalid(`'${missing}' must be given with personal data, got nothing, say it`);
    if (describedAs(this.scope) !== undefined) {
      throw this.invalid(
        "'holds' must be said once of a construct, got it again, name all that is held in one set()",
      );
    }
    describeAs(this.scope, description);
    const writer = new ClassificationWriter(this.scope, encodeTags(description));
    for (const root of writer.roots) Aspects.of(root).add(writer, { priority: AspectPriority.MUTATING });
    this.scope.node.addValidation({ validate: () => writer.problems() });
    return this;
  }

  /** Information on identifiable persons (GDPR 4(1)). */
  holdsPersonalData(props: PersonalDataProps): this {
    return this.set({ ...props, holds: ['personal-data'] });
  }

  /** Personal data that need other information, kept apart, to be attributed to a person (GDPR 4(5)). */
  holdsPseudonymisedPersonalData(props: PersonalDataProps): this {
    return this.set({ ...props, holds: ['pseudonymised-personal-data'] });
  }

  /** Personal data on health, beliefs, origin and the like (GDPR 9(1)). */
  holdsSpecialCategoryData(props: SpecialCategoryDataProps): this {
    return this.set({ ...props, holds: ['special-category-data'] });
  }

  /** Card numbers in full, with or without name, expiration date and service code (PCI DSS). */
  holdsCardholderData(props: OtherDataProps = {}): this {
    return this.set({ ...props, holds: ['cardholder-data'] });
  }

  /** Track data, card verification codes, PINs: nobody keeps them after authorisation (PCI DSS 3.3.1). */
  holdsSensitiveAuthenticationData(props: OtherDataProps = {}): this {
    return this.set({ ...props, holds: ['sensitive-authentication-data'] });
  }

  /** Tokens that stand for card numbers, without the vault that turns them back. */
  holdsPaymentTokens(props: OtherDataProps = {}): this {
    return this.set({ ...props, holds: ['payment-token'] });
  }

  /** Passwords, keys and whatever else proves who somebody is. */
  holdsCredentials(props: OtherDataProps = {}): this {
    return this.set({ ...props, holds: ['credentials'] });
  }

  /** Data of the organisation that is about nobody and not meant for everyone. */
  holdsInternalData(props: UnprotectedDataProps = {}): this {
    return this.set({ ...props, holds: ['internal'] });
  }

  /** Data that everyone may read. */
  holdsPublicData(props: UnprotectedDataProps = {}): this {
    return this.set({ ...props, holds: ['public'] });
  }

  /**
   * No data worth a classification. It is counted, and told with its reason.
   *
   * @param reason a sentence that says why
   */
  holdsNone(reason: string): this {
    return this.set({ holds: ['none'], reason });
  }

  private resolved({ erasureHandler, ...rest }: DataClassificationProps): DataDescription {
    for (const [field, value] of Object.entries({ ...rest, erasureHandler })) {
      if (!FIELDS.has(field as DescriptionField)) {
        throw this.invalid(
          `'${field}' must be one of ${[...FIELDS.keys()].join(', ')}, got it, correct the name`,
        );
      }
      const all: readonly unknown[] = Array.isArray(value) && !Token.isUnresolved(value) ? value : [value];
      // A construct has unresolved parts, and a path that is known.
      if (all.some((one) => !isConstruct(one) && Token.isUnresolved(one))) {
        throw this.invalid(`'${field}' must be known at synthesis, got an unresolved value, give a literal`);
      }
    }
    if (erasureHandler === undefined || !isConstruct(erasureHandler)) {
      return erasureHandler === undefined ? rest : { ...rest, erasureHandler };
    }
    if (erasureHandler.node.root !== this.scope.node.root) {
      throw this.invalid(
        "'erasureHandler' must be of the same app, got a construct of another, give the name of what erases there",
      );
    }
    return { ...rest, erasureHandler: erasureHandler.node.path };
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.scope.node.path || 'the app');
  }
}

function isConstruct(value: unknown): value is Construct {
  return typeof value === 'object' && value !== null && 'node' in value && value.node instanceof Node;
}
