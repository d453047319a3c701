import { readDocument } from '../../policy';
import { takesIn } from '../../policy/glob';
import { type Cursor, resourcesIn, Unresolved, type World } from '../../template';
import { type Answer, anyAnswer } from '../answer';
import { elementsOf, patternOf } from '../property';
import { viewsOf } from '../views';

const KEY = 'AWS::KMS::Key';
const MAC = 'kms:generatemac';

/** Where policies of IAM stand: those that have their document, and those that hold several. */
const DOCUMENT_HOLDERS = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map(
  (name) => `AWS::IAM::${name}`,
);
const LIST_HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/**
 * Whether somebody of the app may compute HMACs with a key of KMS; why it cannot be told, where policies are hidden.
 *
 * A key of this app must be one for HMACs. That an account may do everything with its keys names nobody.
 */
export function mayComputeMac(world: World): Answer {
  const documents = [
    ...DOCUMENT_HOLDERS.flatMap((type) => viewsOf(type, world).map((view) => view.at('PolicyDocument'))),
    ...LIST_HOLDERS.flatMap((type) =>
      viewsOf(type, world).flatMap((view) =>
        view
          .at('Policies')
          .items()
          .map((policy) => policy.at('PolicyDocument')),
      ),
    ),
    ...viewsOf(KEY, world)
      .filter(isMacKey)
      .map((view) => view.at('KeyPolicy')),
  ];
  const answers = documents.map(allowsMac);
  return anyAnswer(answers);
}

function isMacKey(key: Cursor): boolean {
  const usage = key.at('KeyUsage').string();
  return usage.state === 'given' && usage.value === 'GENERATE_VERIFY_MAC';
}

function allowsMac(document: Cursor): Answer {
  const read = readDocument(document);
  if (read.state === 'unresolved') return new Unresolved(read.why);
  if (read.state === 'absent') return false;
  const { world } = document;
  const answers = read.statements.map(({ content }): Answer => {
    if (content instanceof Unresolved) return content;
    if (content.Effect !== 'Allow') return false;
    const actions = elementsOf(content.Action).map(patternOf);
    const isNamed = actions.some(
      (action) =>
        typeof action === 'string' &&
        !/^(\*|\*:\*|kms:\*)$/.test(action) &&
        takesIn(action.toLowerCase(), MAC),
    );
    if (isNamed) return !namesOtherKeysOnly(content.Resource, world);
    return actions.find((action) => action instanceof Unresolved) ?? false;
  });
  return anyAnswer(answers);
}

/** A permission for keys of this app none of which computes HMACs. */
function namesOtherKeysOnly(resource: Parameters<typeof elementsOf>[0], world: World): boolean {
  const named = elementsOf(resource);
  return (
    named.length > 0 &&
    named.every((one) => {
      const [key, ...others] = resourcesIn(one);
      return key?.type === KEY && others.length === 0 && !isMacKey(world.view(key));
    })
  );
}
