import { Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { instantText } from '../../core/instant';
import { SECURITY_TXT_FILE, STATEMENT_FILE } from '../../core/statement';
import { edgeFunction, MOST_FUNCTION_BYTES } from '../distribution/edge-function';
import { readDocuments } from './documents';
import { functionCode } from './function-code';

/** The section of a resource's CloudFormation Metadata that says what it publishes. */
const PUBLISHED_METADATA = 'SecureTransmissionPublished';

/** Properties of `WellKnownDocuments`. */
export interface WellKnownDocumentsProps {
  /**
   * The folder that holds `transmission.json` and `security.txt`, as `secure-transmission statement` writes them.
   *
   * A relative path starts at the folder in which the app is synthesised.
   */
  readonly directory: string;
}

/**
 * What an app says about itself in public: `/.well-known/security.txt` (RFC 9116) and
 * `/.well-known/transmission.json`, answered at the edge of CloudFront, without an origin.
 *
 * ```text
 * const documents = new WellKnownDocuments(this, 'WellKnown', { directory: 'trust' });
 * additionalBehaviors: {
 *   [WellKnownDocuments.PATH_PATTERN]: { origin, functionAssociations: [documents.functionAssociation] },
 * }
 * ```
 *
 * Both documents are checked when the app is synthesised, without a clock: `TransmissionChecks` finds it when the
 * statement no longer says what the templates say, and when `security.txt` expires.
 */
export class WellKnownDocuments extends Construct {
  /** The paths of a behavior that this belongs to. Other requests to them pass on to its origin. */
  static readonly PATH_PATTERN = '/.well-known/*';

  /** The function that answers. */
  readonly function: cloudfront.Function;
  /** Attaches it to a behavior of a distribution, which can have one function for requests of viewers. */
  readonly functionAssociation: cloudfront.FunctionAssociation;
  /** The digest of what `transmission.json` states. */
  readonly statementDigest: string;
  /** When `security.txt` expires. */
  readonly securityTxtExpires: Date;

  /**
   * @throws TransmissionError where a document is missing, breaks its format, was changed by hand, or where both
   * together are larger than a function may be
   */
  constructor(scope: Construct, id: string, { directory }: WellKnownDocumentsProps) {
    super(scope, id);
    if (Token.isUnresolved(directory)) {
      this.refuse('must be a path that is known at synthesis, got an unresolved value, write it out');
    }
    const documents = readDocuments(directory);
    if ('problem' in documents) this.refuse(documents.problem);
    const { statement, securityTxt, expires } = documents;
    this.statementDigest = statement.generatedFrom;
    this.securityTxtExpires = expires;
    this.function = edgeFunction(
      this,
      `Answers /.well-known/${SECURITY_TXT_FILE} and ${STATEMENT_FILE}`,
      this.code(securityTxt, JSON.stringify(statement)),
    );
    this.functionAssociation = {
      function: this.function,
      eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
    };
    this.record();
  }

  private code(securityTxt: string, statement: string): string {
    const code = functionCode([
      {
        path: `/.well-known/${SECURITY_TXT_FILE}`,
        contentType: 'text/plain; charset=utf-8',
        text: securityTxt,
      },
      { path: `/.well-known/${STATEMENT_FILE}`, contentType: 'application/json', text: statement },
    ]);
    const bytes = Buffer.byteLength(code);
    if (bytes <= MOST_FUNCTION_BYTES) return code;
    return this.refuse(
      `must hold documents that fit into a CloudFront Function, which has ${MOST_FUNCTION_BYTES} bytes with its code, ` +
        `got ${bytes} (${STATEMENT_FILE} ${statement.length}, ${SECURITY_TXT_FILE} ${securityTxt.length}), shorten ` +
        `${SECURITY_TXT_FILE}, or serve the folder from a bucket by TlsOrigin.bucket on ${WellKnownDocuments.PATH_PATTERN}`,
    );
  }

  /** What the judge compares. It is no section of `SecureTransmission`, all of which is taken for loosenings. */
  private record(): void {
    const resource = this.function.node.defaultChild as cloudfront.CfnFunction;
    const published = {
      statementDigest: this.statementDigest,
      securityTxtExpires: instantText(this.securityTxtExpires),
    };
    resource.addMetadata(PUBLISHED_METADATA, published);
  }

  private refuse(problem: string): never {
    throw new TransmissionError('InvalidProperty', `'directory' ${problem}`, this.node.path);
  }
}
