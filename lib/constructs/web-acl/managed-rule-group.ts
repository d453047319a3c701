/**
 * A group of rules that AWS maintains, for requests that no application means to serve.
 *
 * Capacities are in web ACL capacity units: up to 1500 of them are in the price of a web ACL, more cost extra.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class ManagedRuleGroup {
  /** Addresses of bots and other sources of threats, by the intelligence of Amazon. */
  static readonly IP_REPUTATION = new ManagedRuleGroup('AWSManagedRulesAmazonIpReputationList', 25);
  /**
   * What is exploitable in web applications in general, many of the OWASP Top 10 among it.
   *
   * It blocks bodies of more than 8 KiB (`SizeRestrictions_BODY`), uploads among them.
   */
  static readonly COMMON = new ManagedRuleGroup('AWSManagedRulesCommonRuleSet', 700);
  /** Requests that are known to exploit something, such as Log4j. */
  static readonly KNOWN_BAD_INPUTS = new ManagedRuleGroup('AWSManagedRulesKnownBadInputsRuleSet', 200);
  /** SQL injection. */
  static readonly SQL_INJECTION = new ManagedRuleGroup('AWSManagedRulesSQLiRuleSet', 200);
  /** Pages for administrators, which are not for the public. */
  static readonly ADMIN_PROTECTION = new ManagedRuleGroup('AWSManagedRulesAdminProtectionRuleSet', 100);
  /** Addresses that hide who asks: VPNs, proxies, Tor, hosting providers. It blocks honest people among them. */
  static readonly ANONYMOUS_IP = new ManagedRuleGroup('AWSManagedRulesAnonymousIpList', 50);
  /** What is exploitable on Linux, inclusion of local files among it. */
  static readonly LINUX = new ManagedRuleGroup('AWSManagedRulesLinuxRuleSet', 200);
  /** What is exploitable on POSIX systems. */
  static readonly POSIX = new ManagedRuleGroup('AWSManagedRulesUnixRuleSet', 100);
  /** What is exploitable on Windows, PowerShell among it. */
  static readonly WINDOWS = new ManagedRuleGroup('AWSManagedRulesWindowsRuleSet', 200);
  /** What is exploitable in PHP. */
  static readonly PHP = new ManagedRuleGroup('AWSManagedRulesPHPRuleSet', 100);
  /** What is exploitable in WordPress. */
  static readonly WORDPRESS = new ManagedRuleGroup('AWSManagedRulesWordPressRuleSet', 100);

  /** The groups that every `WebAcl` blocks by: 1125 capacity units. */
  static readonly DEFAULTS: readonly ManagedRuleGroup[] = [
    ManagedRuleGroup.IP_REPUTATION,
    ManagedRuleGroup.COMMON,
    ManagedRuleGroup.KNOWN_BAD_INPUTS,
    ManagedRuleGroup.SQL_INJECTION,
  ];

  private constructor(
    /** What AWS calls it. */
    readonly groupName: string,
    /** How many capacity units it takes. */
    readonly capacity: number,
  ) {}

  toString(): string {
    return this.groupName;
  }
}
