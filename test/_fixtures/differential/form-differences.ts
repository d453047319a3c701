import type { Difference } from './difference';

/** What comes from how resources stand in an app, and is so of every rule. */
export const FORM_DIFFERENCES: readonly Difference[] = [
  {
    forms: ['plain'],
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'a rule of cdk-nag looks at instances of the L1 class of a type, and a plain `CfnResource` of that type is none',
  },
  {
    forms: ['plain'],
    says: ['silent', 'cannot tell'],
    standing: 'cdk-nag errs',
    why: 'as above, where the template hides what would decide',
  },
  {
    forms: ['override'],
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the property of the construct is right, and the override that breaks it stands in the template only',
  },
  {
    forms: ['override'],
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the property of the construct is wrong, and the override that mends it stands in the template only',
  },
  {
    forms: ['override'],
    says: ['silent', 'cannot tell'],
    standing: 'cdk-nag errs',
    why: 'what cannot be told came by an override, which the construct does not show',
  },
  {
    forms: ['override'],
    says: ['cannot tell', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the rule throws on what the construct says, which the override mends',
  },
  {
    forms: ['Fn::If'],
    says: ['cannot tell', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the rule throws on a condition; we judge the template once for each outcome, and one of them is wrong',
  },
  {
    forms: ['Fn::If'],
    says: ['cannot tell', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the rule throws on a condition; we judge the template once for each outcome, and both are right',
  },
  {
    forms: ['Fn::If'],
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the rule takes the condition itself for a value that is given, though one outcome gives none, or a wrong one',
  },
  {
    forms: ['Fn::If'],
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the rule looks for a property in the condition itself and finds none, though both outcomes have what we ask for',
  },
  {
    forms: ['parameter'],
    says: ['silent', 'cannot tell'],
    standing: 'we ask for more',
    why: 'only the deployment knows the value: the rule takes it for a right one, and we never do',
  },
  {
    forms: ['parameter'],
    says: ['violation', 'cannot tell'],
    standing: 'we ask for more',
    why: 'only the deployment knows the value: the rule takes it for a wrong one, and we say that it cannot be told',
  },
  {
    forms: ['parameter'],
    says: ['cannot tell', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the rule throws on a value that only the deployment knows, though whatever it is, all is well',
  },
];
