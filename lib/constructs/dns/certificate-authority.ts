import { Token } from 'aws-cdk-lib';
import { quoted } from '../../core/quoted';
import { domainNameProblem } from '../certificate';

/**
 * The names that Amazon's certificate authority answers to in CAA records; one of them is enough.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
 */
const AMAZON_NAMES = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** RFC 8657, 4: labels of letters, digits and hyphens. */
const METHOD = /^[a-z0-9-]+$/;
/** RFC 8659, 4.2: printable ASCII without the semicolon; without quote and backslash, which zone files would escape. */
const ACCOUNT_URI = /^[a-z][a-z0-9+.-]*:[!#-:<-[\]-~]+$/i;

/** What narrows an authorization down to one account or to ways of validation (RFC 8657). */
export interface AuthorizationBinding {
  /**
   * The only account that may ask for certificates, as the authority spells it, such as the URL of an ACME account.
   *
   * @default - any account at the authority
   */
  readonly accountUri?: string;
  /**
   * The only ways in which the authority may validate a name, in lower case: names from the registry of ACME
   * (`dns-01`), or `ca-tbr-` and a number for the method of that number in section 3.2.2.4 of the CA/Browser Forum's
   * Baseline Requirements (`ca-tbr-7` is a change in DNS).
   *
   * @default - any way
   */
  readonly validationMethods?: string[];
  /**
   * The page (https) on which the authority documents that it honours the binding. Necessary for Amazon only; it
   * becomes the comment of the record.
   *
   * @default - none
   */
  readonly documentedAt?: string;
}

/**
 * Who may issue certificates for a name, as a CAA record says it.
 *
 * An authority may ignore `accountUri` and `validationMethods` until 15 March 2027, from when the CA/Browser Forum
 * obliges every one to honour them (ballot SC-098v2, which Amazon voted for). AWS documents neither for ACM
 * (user guide read on 2026-11-22): requests to ACM name no account that a record could be bound to, and a binding that
 * does not fit stops renewals. So a binding of Amazon's authority is refused, unless `documentedAt` names the page that
 * says how AWS honours it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8657
 * @see https://cabforum.org/2026/05/13/ballot-sc098v2-process-rfc-8657-caa-parameters/
 */
export class CertificateAuthority {
  /** Amazon Trust Services, which issues the public certificates of ACM. */
  static readonly AMAZON = new CertificateAuthority('amazon.com', {});

  /**
   * An authority by the name that it documents for CAA records, such as `letsencrypt.org`.
   *
   * What is wrong with it is said by the construct that takes it.
   */
  static of(domainName: string, binding: AuthorizationBinding = {}): CertificateAuthority {
    return new CertificateAuthority(domainName, binding);
  }

  private constructor(
    /** The name of the authority. */
    readonly domainName: string,
    private readonly binding: AuthorizationBinding,
  ) {}

  /** The value of a CAA record with the tag `issue` or `issuewild`. */
  get value(): string {
    const { accountUri, validationMethods } = this.binding;
    return [
      this.domainName,
      accountUri !== undefined && `accounturi=${accountUri}`,
      validationMethods !== undefined && `validationmethods=${validationMethods.join(',')}`,
    ]
      .filter((part) => part !== false)
      .join('; ');
  }

  /** The page on which the authority documents the binding, where one was named. */
  get documentedAt(): string | undefined {
    return this.binding.documentedAt;
  }

  /** What is wrong with it and what to do, as a sentence that begins with the property; `undefined` where nothing is. */
  get problem(): string | undefined {
    return this.nameProblem() ?? this.accountProblem() ?? this.methodsProblem() ?? this.amazonProblem();
  }

  private nameProblem(): string | undefined {
    if (Token.isUnresolved(this.domainName)) return undefined;
    const problem = domainNameProblem(this.domainName);
    return problem === undefined ? undefined : `the name of a certificate authority ${problem}`;
  }

  private accountProblem(): string | undefined {
    const { accountUri } = this.binding;
    if (accountUri === undefined || Token.isUnresolved(accountUri) || ACCOUNT_URI.test(accountUri)) {
      return undefined;
    }
    return `'accountUri' must be a URI without semicolon, quote, backslash and space, got ${quoted(accountUri)}, copy it from the account at the authority`;
  }

  private methodsProblem(): string | undefined {
    const { validationMethods } = this.binding;
    if (validationMethods === undefined || Token.isUnresolved(validationMethods)) return undefined;
    if (validationMethods.length === 0) {
      return "'validationMethods' must name at least one method, since none would forbid all, leave it out to allow any";
    }
    const wrong = validationMethods.find((method) => !Token.isUnresolved(method) && !METHOD.test(method));
    if (wrong === undefined) return undefined;
    return `'validationMethods' must hold labels of lower-case letters, digits and hyphens, got ${quoted(wrong)}, such as dns-01 or ca-tbr-7`;
  }

  private amazonProblem(): string | undefined {
    const { accountUri, validationMethods, documentedAt } = this.binding;
    if (accountUri === undefined && validationMethods === undefined) return undefined;
    if (!AMAZON_NAMES.includes(this.domainName)) return undefined;
    if (documentedAt === undefined) {
      const property = accountUri === undefined ? 'validationMethods' : 'accountUri';
      return `'${property}' must be left out for ${this.domainName}, AWS documents no binding for ACM and one that does not fit stops renewals, name the page in 'documentedAt' once it does`;
    }
    if (Token.isUnresolved(documentedAt) || /^https:\/\/[^\s/]+\.[^\s]+$/.test(documentedAt))
      return undefined;
    return `'documentedAt' must be the https URL of a page of the authority, got ${quoted(documentedAt)}`;
  }
}
