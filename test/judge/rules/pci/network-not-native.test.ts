import { GDPR, PCI_DSS_4_0_1 } from '../../../../lib/core/controls';
import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { API_ROWS } from '../../../../lib/judge/rules/pci/api';
import { EC2_MACHINE_ROWS } from '../../../../lib/judge/rules/pci/ec2-machine';
import { EC2_VOLUME_ROWS } from '../../../../lib/judge/rules/pci/ec2-volume';
import { EDGE_BEANSTALK_ROWS } from '../../../../lib/judge/rules/pci/edge-beanstalk';
import { EDGE_DISTRIBUTION_ROWS } from '../../../../lib/judge/rules/pci/edge-distribution';
import { EDGE_LOAD_BALANCER_ROWS } from '../../../../lib/judge/rules/pci/edge-load-balancer';
import { NETWORK_EXPOSURE_FIREWALL_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-firewall';
import { NETWORK_EXPOSURE_INGRESS_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-ingress';
import { NETWORK_EXPOSURE_VPC_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-vpc';
import { NETWORK_NOT_NATIVE } from '../../../../lib/judge/rules/pci/network-not-native';
import { WAF_ROWS } from '../../../../lib/judge/rules/pci/waf';

const NEW = [
  ...API_ROWS,
  ...EC2_MACHINE_ROWS,
  ...EC2_VOLUME_ROWS,
  ...EDGE_BEANSTALK_ROWS,
  ...EDGE_DISTRIBUTION_ROWS,
  ...EDGE_LOAD_BALANCER_ROWS,
  ...NETWORK_EXPOSURE_FIREWALL_ROWS,
  ...NETWORK_EXPOSURE_INGRESS_ROWS,
  ...NETWORK_EXPOSURE_VPC_ROWS,
  ...WAF_ROWS,
];
const EXISTING = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules];

/** Managed rules of AWS Config on networks and exposure: of AWS's packs for PCI DSS, and of those that prowler adds. */
const CONFIG_RULES = `
  ALB_DESYNC_MODE_CHECK ALB_HTTP_DROP_INVALID_HEADER_ENABLED ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK ALB_WAF_ENABLED
  API_GWV2_ACCESS_LOGS_ENABLED API_GW_ASSOCIATED_WITH_WAF API_GW_CACHE_ENABLED_AND_ENCRYPTED API_GW_ENDPOINT_TYPE_CHECK
  API_GW_EXECUTION_LOGGING_ENABLED API_GW_SSL_ENABLED API_GW_XRAY_ENABLED APPSYNC_ASSOCIATED_WITH_WAF
  APPSYNC_LOGGING_ENABLED AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2 AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED
  CLB_DESYNC_MODE_CHECK CLOUDFRONT_ACCESSLOGS_ENABLED CLOUDFRONT_ASSOCIATED_WITH_WAF CLOUDFRONT_CUSTOM_SSL_CERTIFICATE
  CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED
  CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED CLOUDFRONT_SECURITY_POLICY_CHECK CLOUDFRONT_SNI_ENABLED
  CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED CLOUDFRONT_VIEWER_POLICY_HTTPS EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK
  EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED EC2_CLIENT_VPN_NOT_AUTHORIZE_ALL EC2_EBS_ENCRYPTION_BY_DEFAULT EC2_IMDSV2_CHECK
  EC2_INSTANCE_DETAILED_MONITORING_ENABLED EC2_INSTANCE_MULTIPLE_ENI_CHECK EC2_INSTANCE_NO_PUBLIC_IP
  EC2_INSTANCE_PROFILE_ATTACHED EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED EC2_NO_AMAZON_KEY_PAIR
  EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED EC2_VOLUME_INUSE_CHECK
  EIP_ATTACHED ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED ELBV2_ACM_CERTIFICATE_REQUIRED ELB_ACM_CERTIFICATE_REQUIRED ELB_CUSTOM_SECURITY_POLICY_SSL_CHECK
  ELB_LOGGING_ENABLED ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK ELB_TLS_HTTPS_LISTENERS_ONLY ENCRYPTED_VOLUMES
  FMS_SHIELD_RESOURCE_POLICY_CHECK FMS_WEBACL_RESOURCE_POLICY_CHECK FMS_WEBACL_RULEGROUP_ASSOCIATION_CHECK
  INCOMING_SSH_DISABLED INSTANCES_IN_VPC INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY NACL_NO_UNRESTRICTED_SSH_RDP
  NETFW_LOGGING_ENABLED NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS
  NETFW_POLICY_RULE_GROUP_ASSOCIATED NETFW_STATELESS_RULE_GROUP_NOT_EMPTY NO_UNRESTRICTED_ROUTE_TO_IGW
  RESTRICTED_INCOMING_TRAFFIC ROUTE53_QUERY_LOGGING_ENABLED SERVICE_VPC_ENDPOINT_ENABLED SHIELD_DRT_ACCESS
  SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED VPC_DEFAULT_SECURITY_GROUP_CLOSED VPC_FLOW_LOGS_ENABLED
  VPC_NETWORK_ACL_UNUSED_CHECK VPC_PEERING_DNS_RESOLUTION_CHECK VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS
  VPC_VPN_2_TUNNELS_UP WAFV2_LOGGING_ENABLED WAFV2_RULEGROUP_LOGGING_ENABLED WAFV2_RULEGROUP_NOT_EMPTY
  WAFV2_WEBACL_NOT_EMPTY WAF_CLASSIC_LOGGING_ENABLED WAF_GLOBAL_RULEGROUP_NOT_EMPTY WAF_GLOBAL_RULE_NOT_EMPTY
  WAF_GLOBAL_WEBACL_NOT_EMPTY WAF_REGIONAL_RULEGROUP_NOT_EMPTY WAF_REGIONAL_RULE_NOT_EMPTY
  WAF_REGIONAL_WEBACL_NOT_EMPTY
`
  .trim()
  .split(/\s+/);

const ofNew = NEW.flatMap(({ rule }) => rule.references.awsConfig ?? []);
const ofExisting = EXISTING.flatMap(({ rule }) => rule.references.awsConfig ?? []);
const notNative = NETWORK_NOT_NATIVE.map(({ configRule }) => configRule);

describe('rules of AWS Config on networks and exposure', () => {
  test.each(CONFIG_RULES)(
    '%s is asked by a rule, or stands among the others with a reason, not both',
    (id) => {
      const decisions = [ofNew, ofExisting, notNative].filter((ids) => ids.includes(id));
      expect(decisions).toHaveLength(1);
    },
  );

  test('are all that the tables speak of', () => {
    expect([...ofNew, ...notNative].filter((id) => !CONFIG_RULES.includes(id))).toEqual([]);
    expect(new Set(notNative).size).toBe(notNative.length);
  });

  test.each(NETWORK_NOT_NATIVE)('$configRule is left for a reason', ({ why }) => {
    expect(why).toMatch(/^[^.]{15,}[^.]*$|4\.0\.1/);
    expect(why).not.toMatch(/\.$/);
  });
});

test('no rule has the id of another', () => {
  const ids = new Set(EXISTING.map(({ rule }) => rule.id));
  expect(new Set(NEW.map(({ rule }) => rule.id)).size).toBe(NEW.length);
  expect(NEW.filter(({ rule }) => ids.has(rule.id))).toEqual([]);
});

describe.each(NEW.map((row) => [row.rule.id, row] as const))('%s', (_, { rule, level, unknown }) => {
  test('speaks for requirements that are known', () => {
    const known = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
    expect(rule.references.pciDss?.length).toBeGreaterThan(0);
    expect(rule.references.pciDss?.filter((id) => !known.includes(id))).toEqual([]);
    const articles = GDPR.requirements.map(({ id }) => id);
    expect(rule.references.gdpr?.filter((id) => !articles.includes(id))).toEqual([]);
  });

  test('tells what cannot be told no more gravely than what is wrong', () => {
    expect([level, ...(level === 'error' ? ['warning'] : [])]).toContain(unknown);
  });

  test('has texts as those of other packs', () => {
    expect(rule.title).toMatch(/^[a-z].*[^.!]$/);
    expect(rule.risk).toMatch(/^[A-Z].*[.]$/);
    expect(rule.fix).toMatch(/^[A-Z].*CDK: .*[.]$/);
  });
});
