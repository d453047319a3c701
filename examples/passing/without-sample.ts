/** Why no code can show a rule kept. */
export interface WithoutSample {
  /** A sentence. */
  readonly why: string;
  /** The heading of a sample that does the same without what the rule finds. */
  readonly instead?: string;
}

/** Rules that say nothing of good code, or only what a template cannot know: as few as there are. */
export const WITHOUT_SAMPLE: Readonly<Record<string, WithoutSample>> = {
  AccessKeyIsNotIssued: {
    why: 'It finds access keys that work, and good code has none: programs take a role.',
    instead: 'A role for programs elsewhere',
  },
  ClassicDatabaseSecurityGroupIsNotUsed: {
    why: 'It finds a kind of security group that AWS has switched off: those of the network take its place.',
    instead: 'A relational database and its proxy',
  },
  DirectoryAnswersLdaps: {
    why: 'No template turns LDAPS on: it is turned on in a managed Microsoft AD once that is there, and a waiver says so.',
  },
  LoadBalancerFitsEncryptionControl: {
    why: 'It finds what a network that enforces encryption refuses: of load balancers that such a network takes it says nothing.',
    instead: 'A load balancer',
  },
  LooseningIsWaived: {
    why: 'It finds reasons that somebody gave for less than a default, where no other rule tells them: good code gives none.',
    instead: 'A finding that is waived',
  },
  ResourceCanBeJudged: {
    why: 'It finds what a template hides from every other rule: code whose values are written out gives it nothing to look at.',
  },
  ServiceConnectIsNotBypassed: {
    why: 'It finds ports of containers that are open beside those of their proxies: where the proxy takes the port there is none.',
    instead: 'A container behind Service Connect',
  },
  WebAclIsNotClassic: {
    why: 'It finds web ACLs of AWS WAF Classic, which has ended: those of AWS WAF are of another type.',
    instead: 'A login page',
  },
};
