import type { PackRule } from '../../packs/pack';
import { isOneOf, onlyWhere, violation } from '../property';
import { COMPLIANT } from '../rule';
import { cardholderRow } from './row';

/** Rules on credentials that live as long as nobody removes them, with their levels. */
export const USER_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'AccessKeyIsNotIssued',
    title: 'no access key is issued that works until somebody removes it',
    risk: 'An access key is a password without a second factor: it ends up in a file, a log or an image, works from everywhere, and nobody can tell who uses it.',
    fix: 'Remove the AWS::IAM::AccessKey: let programs take a role, those elsewhere by IAM Roles Anywhere or OpenID Connect, and people sign in by IAM Identity Center. CDK: a Role instead of User and AccessKey.',
    references: {
      pciDss: ['8.2.2', '8.3.9', '8.6.1', '8.6.2', '8.6.3'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-522', 'CWE-798'],
    },
    resourceTypes: ['AWS::IAM::AccessKey'],
    test: onlyWhere(isOneOf('Status', ['Active'], { absent: 'compliant' }), (properties) =>
      violation(properties, 'an access key', 'a role'),
    ),
  }),
  cardholderRow('warning', {
    id: 'UserHasNoConsolePassword',
    title: 'nobody signs in to the console as a user of IAM',
    risk: 'The password lives in one account beside all others: it stays when its owner leaves, and a second factor is up to them.',
    fix: 'Remove LoginProfile from the AWS::IAM::User, and let people sign in by IAM Identity Center. CDK: no password of User.',
    references: {
      pciDss: ['8.2.2', '8.2.5', '8.3.1', '8.4.1', '8.4.2', '8.6.1'],
      gdpr: ['32(1)(b)', '32(4)'],
      cwe: ['CWE-308'],
    },
    resourceTypes: ['AWS::IAM::User'],
    // What stands there is not shown: it holds a password.
    test: (properties) => {
      const at = properties.at('LoginProfile');
      return at.isPresent ? violation(at, 'given', 'left out') : COMPLIANT;
    },
  }),
];
