import { readDocument } from '../../policy';
import { overlap } from '../../policy/glob';
import {
  isValueList,
  isValueMap,
  Reference,
  type Template,
  Text,
  Unresolved,
  type Value,
} from '../../template';
import { type PropertyTest, unknown } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

/** What changes who may do what with a bucket, or how it is kept: the list of Security Hub's control S3.6. */
const CONTROL = [
  's3:deletebucketpolicy',
  's3:putbucketacl',
  's3:putbucketpolicy',
  's3:putencryptionconfiguration',
  's3:putobjectacl',
];

/**
 * No statement may hand the control of a bucket to principals of another account.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
 */
export const keepsControl: PropertyTest = (properties) => {
  const at = properties.at('PolicyDocument');
  const document = readDocument(at);
  if (document.state === 'unresolved') return unknown(at, document.why);
  if (document.state === 'absent') return NOT_APPLICABLE;
  const verdicts: Verdict[] = [];
  for (const { resource, path, content } of document.statements) {
    const place = { resource, path };
    if (content instanceof Unresolved) {
      verdicts.push({ verdict: 'unknown', ...place, why: content.why });
      continue;
    }
    if (content.Effect !== 'Allow') continue;
    const action = controlIn(content);
    if (action === undefined) continue;
    const stranger = strangerIn(content.Principal, resource.template);
    if (stranger instanceof Unresolved) verdicts.push({ verdict: 'unknown', ...place, why: stranger.why });
    else if (stranger !== undefined) {
      const got = `an Allow of ${action} for ${stranger}`;
      verdicts.push({ verdict: 'violation', ...place, got, want: 'without it, or for this account' });
    }
  }
  return verdicts.length > 0 ? verdicts : COMPLIANT;
};

function controlIn({ Action: action, NotAction: except }: { readonly [key: string]: Value }) {
  if (except !== undefined) {
    const spared = textsIn(except);
    return CONTROL.find((one) => !spared.some((pattern) => overlap(pattern, one)));
  }
  return textsIn(action).find((pattern) => CONTROL.some((one) => overlap(pattern, one)));
}

function textsIn(value: Value | undefined): readonly string[] {
  const list = isValueList(value) ? value : [value];
  return list.flatMap((item) => (typeof item === 'string' ? [item.toLowerCase()] : []));
}

/** A principal of another account; unresolved where one may be. Services are known by their own conditions. */
function strangerIn(principal: Value | undefined, template: Template): string | Unresolved | undefined {
  if (principal instanceof Unresolved) return principal;
  const named = isValueMap(principal) ? principal.AWS : principal;
  let hidden: Unresolved | undefined;
  for (const name of isValueList(named) ? named : [named]) {
    if (name === undefined || name instanceof Reference) continue;
    const account = accountIn(name);
    if (account instanceof Unresolved) hidden ??= account;
    else if (account === '*') return 'everybody';
    else if (account === 'own' || account === template.source.account) continue;
    else if (template.source.account !== undefined) return `account ${account}`;
    else hidden ??= new Unresolved(`whether ${account} is this account is only known at deployment`);
  }
  return hidden;
}

/** The account of an ARN or of a bare number, `own` where it is that of the stack. */
function accountIn(name: Value): string | Unresolved {
  if (name instanceof Unresolved) return name.symbol === 'AWS::AccountId' ? 'own' : name;
  const parts = name instanceof Text ? name.parts : [String(name)];
  // A principal made by this app is of this account.
  if (parts.some((part) => part instanceof Reference)) return 'own';
  const hidden: Unresolved[] = [];
  const text = parts.map((part) => {
    if (typeof part === 'string') return part;
    if (part instanceof Unresolved) hidden.push(part);
    return part instanceof Unresolved && part.symbol === 'AWS::AccountId' ? 'own' : '?';
  });
  const whole = text.join('');
  if (whole === '*') return '*';
  const account = whole.startsWith('arn:') ? whole.split(':')[4] : whole;
  if (account !== undefined && (account === 'own' || /^\d{12}$/.test(account))) return account;
  return hidden[0] ?? new Unresolved(`${whole} names no account`);
}
