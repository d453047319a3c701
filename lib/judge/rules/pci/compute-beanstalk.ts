import type { Cursor } from '../../template';
import { decided, type PropertyTest, unknown, violation } from '../property';
import type { Verdict } from '../rule';

const TEMPLATE = 'AWS::ElasticBeanstalk::ConfigurationTemplate';

/**
 * An option of an environment must be true: in its own settings, or in those of the template that it is made from.
 * Configuration files within the application come after both and are not seen.
 */
export function beanstalkOption(namespace: string, option: string): PropertyTest {
  return (properties) => {
    const own = settingIn(properties, namespace, option);
    if (own !== undefined) return own;
    const name = properties.at('TemplateName');
    const template = name.reference();
    if (template?.type === TEMPLATE) {
      const inherited = settingIn(properties.world.view(template), namespace, option);
      if (inherited !== undefined) return inherited;
    } else if (name.isPresent)
      return unknown(name, 'its configuration template is not in a template at hand');
    return violation(properties.at('OptionSettings'), `no ${option}`, 'one that is true');
  };
}

/** What a list of settings says of the option: nothing where it is not in it. */
function settingIn(properties: Cursor, namespace: string, option: string): Verdict | undefined {
  const settings = properties.at('OptionSettings');
  const list = settings.list();
  if (list.state === 'unresolved') return unknown(settings, list.why);
  const hides = settings
    .items()
    .find((item) => isHidden(item.at('Namespace')) || isHidden(item.at('OptionName')));
  const found = settings
    .items()
    .find((item) => holds(item.at('Namespace'), namespace) && holds(item.at('OptionName'), option));
  if (found !== undefined) {
    const value = found.at('Value');
    return decided(value, value.boolean(), 'violation', 'true', (on) => on);
  }
  return hides === undefined ? undefined : unknown(hides, 'it does not tell which option it sets');
}

function holds(at: Cursor, wanted: string): boolean {
  const reading = at.string();
  return reading.state === 'given' && reading.value === wanted;
}

function isHidden(at: Cursor): boolean {
  return at.string().state === 'unresolved';
}
