import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkReason, recordLoosening } from '../loosening';
import { cookieFunctionCode } from './cookie-function';
import { edgeFunction, MOST_FUNCTION_BYTES } from './edge-function';

/** What RFC 6265 calls a token: the names that a cookie can have. */
const COOKIE_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/;

/** With which requests of other sites a browser sends a cookie whose origin does not say it. */
export enum CookieSameSite {
  /** With none: who follows a link from elsewhere arrives signed out. */
  STRICT = 'Strict',
  /** With the first request of a link that somebody follows, and no other. */
  LAX = 'Lax',
}

/** A cookie that scripts of the page must read. */
export interface ReadableCookie {
  /** Its name, upper and lower case told apart. */
  readonly name: string;
  /**
   * Why scripts must read it, as a sentence: whatever runs in the page, a foreign script too, can then send it
   * elsewhere. It is written into the template.
   */
  readonly reason: string;
}

/** Properties of `CookieAttributes`. */
export interface CookieAttributesProps {
  /**
   * What a cookie says of other sites where its origin leaves it open. What an origin says itself stands,
   * `SameSite=None` too.
   *
   * @default CookieSameSite.LAX
   */
  readonly sameSite?: CookieSameSite;
  /**
   * The cookies that scripts may read: `HttpOnly` is not added to them. `Secure` and `SameSite` are.
   *
   * @default - none
   */
  readonly readableByScripts?: ReadableCookie[];
}

/**
 * A function at the edge that adds to every cookie of an origin what is missing: `Secure`, so that it travels over TLS
 * only, `HttpOnly`, so that scripts cannot read it, and `SameSite`.
 *
 * It takes nothing away and changes no value. CloudFront runs it on answers below 400 only (CloudFront Developer Guide,
 * "edge-functions-restrictions"): an origin that sets cookies with a 401 must set their attributes itself, and should do
 * so anyway.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export class CookieAttributes extends Construct {
  /** The function, for answers on their way to viewers. */
  readonly function: cloudfront.Function;

  constructor(scope: Construct, id: string, props: CookieAttributesProps = {}) {
    super(scope, id);
    const { sameSite = CookieSameSite.LAX, readableByScripts = [] } = props;
    for (const [index, cookie] of readableByScripts.entries()) this.check(index, cookie);

    const code = cookieFunctionCode(
      sameSite,
      readableByScripts.map(({ name }) => name),
    );
    this.checkSize(code);
    this.function = edgeFunction(this, 'Cookies are Secure, HttpOnly and SameSite', code);
    const resource = this.function.node.defaultChild as cloudfront.CfnFunction;
    for (const { name, reason } of readableByScripts) {
      recordLoosening(resource, `cookieReadableByScripts ${name}`, reason);
    }
  }

  private check(index: number, { name, reason }: ReadableCookie): void {
    const property = `readableByScripts[${index}]`;
    if (!COOKIE_NAME.test(name)) {
      throw new TransmissionError(
        'InvalidProperty',
        `'${property}.name' must be the name of a cookie, a literal of letters, digits and -_.!#$%&'*+^\`|~, got ${JSON.stringify(name.slice(0, 80))}`,
        this.node.path,
      );
    }
    checkReason(this, `${property}.reason`, reason);
  }

  private checkSize(code: string): void {
    const bytes = Buffer.byteLength(code);
    if (bytes <= MOST_FUNCTION_BYTES) return;
    throw new TransmissionError(
      'InvalidProperty',
      `'readableByScripts' must hold names that fit into a CloudFront Function, which has ${MOST_FUNCTION_BYTES} bytes with its code, got ${bytes}, shorten it`,
      this.node.path,
    );
  }
}
