import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';

/**
 * How far browsers are held to TLS (RFC 6797). It cannot be recalled before its time is over: go up stage by
 * stage, as https://hstspreload.org asks, where names may still need plaintext.
 */
export class HstsStage {
  /** Five minutes, to see what breaks. Our judge warns until the stage is `TWO_YEARS`. */
  static readonly FIVE_MINUTES = new HstsStage(Duration.minutes(5), false);
  /** A week. Our judge warns until the stage is `TWO_YEARS`. */
  static readonly ONE_WEEK = new HstsStage(Duration.days(7), false);
  /** Two years. */
  static readonly TWO_YEARS = new HstsStage(Duration.days(730), false);
  /** Two years, and browsers may ship with it: leaving their list takes months. */
  static readonly TWO_YEARS_PRELOAD = new HstsStage(Duration.days(730), true);

  private constructor(
    /** How long a browser remembers it after each answer. */
    readonly maxAge: Duration,
    /** Whether browsers may ship with it. */
    readonly preload: boolean,
  ) {}
}

/** A page loads what its own origin serves over TLS, and nobody puts it into a frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  'upgrade-insecure-requests',
].join('; ');

/** They tell attackers which software answers. */
const REMOVED_HEADERS = ['Server', 'X-Powered-By'];

/** Properties of `ResponseHeaders`. */
export interface ResponseHeadersProps {
  /**
   * How far browsers are held to TLS. It holds for every name below that of the distribution too.
   *
   * @default HstsStage.TWO_YEARS
   */
  readonly strictTransportSecurity?: HstsStage;
  /**
   * The header `Content-Security-Policy` of answers whose origin sends none. That of an origin stands, since it
   * may hold a nonce.
   *
   * @default - `default-src 'self'` with no frames, plugins or foreign form targets, and `upgrade-insecure-requests`
   */
  readonly contentSecurityPolicy?: string;
  /**
   * Whether `contentSecurityPolicy` also replaces that of an origin: for payment pages, say, whose scripts nothing but
   * the template may name (PCI DSS 6.4.3). Nonces of an origin have no effect then.
   *
   * @default false
   */
  readonly overrideContentSecurityPolicy?: boolean;
  /**
   * Who may put a page into a frame, for browsers that do not know `frame-ancestors`.
   *
   * @default HeadersFrameOption.DENY
   */
  readonly frameOption?: cloudfront.HeadersFrameOption;
  /**
   * What a page tells another about where a visitor came from.
   *
   * @default HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
   */
  readonly referrerPolicy?: cloudfront.HeadersReferrerPolicy;
  /**
   * Which pages of other origins may read the answers.
   *
   * @default - none
   */
  readonly cors?: cloudfront.ResponseHeadersCorsBehavior;
}

/**
 * The headers by which answers of a distribution protect those who get them: TLS only, no sniffing of types, no
 * frames, no foreign content, no trace of addresses towards others.
 *
 * It sets no cookie. Cookies are those of origins; `CookieAttributes` complete them.
 */
export class ResponseHeaders extends Construct {
  /** The response headers policy of CloudFront. */
  readonly policy: cloudfront.ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: ResponseHeadersProps = {}) {
    super(scope, id);
    const { contentSecurityPolicy = CONTENT_SECURITY_POLICY, overrideContentSecurityPolicy = false } = props;
    const { maxAge, preload } = props.strictTransportSecurity ?? HstsStage.TWO_YEARS;
    this.checkContentSecurityPolicy(contentSecurityPolicy);

    const { DENY } = cloudfront.HeadersFrameOption;
    const { STRICT_ORIGIN_WHEN_CROSS_ORIGIN } = cloudfront.HeadersReferrerPolicy;
    this.policy = new cloudfront.ResponseHeadersPolicy(this, 'Resource', {
      comment: 'Headers by which answers protect those who get them',
      corsBehavior: props.cors,
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: maxAge,
          includeSubdomains: true,
          preload,
          override: true,
        },
        contentSecurityPolicy: { contentSecurityPolicy, override: overrideContentSecurityPolicy },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: props.frameOption ?? DENY, override: true },
        referrerPolicy: {
          referrerPolicy: props.referrerPolicy ?? STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
      },
      removeHeaders: REMOVED_HEADERS,
    });
  }

  private checkContentSecurityPolicy(value: string): void {
    if (value.trim() !== '' && !/[\r\n]/.test(value)) return;
    throw new TransmissionError(
      'InvalidProperty',
      `'contentSecurityPolicy' must be directives on one line, got ${JSON.stringify(value.slice(0, 80))}, leave it out for the default`,
      this.node.path,
    );
  }
}
