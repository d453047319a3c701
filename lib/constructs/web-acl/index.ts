export { ManagedRuleGroup } from './managed-rule-group';
export {
  type IWebAcl,
  type ProtectedLoadBalancer,
  WebAcl,
  type WebAclAttributes,
  type WebAclProps,
  WebAclScope,
} from './web-acl';
export { CREDENTIAL_HEADERS } from './web-acl-log';
export type { CountedRule } from './web-acl-rules';
