import { Unresolved } from '../../template';
import { isPresent, type PropertyTest, unknown } from '../property';

/** There must be something, and it must be known that it is not empty: what is empty turns the feature off. */
export function isGiven(path: string, want: string): PropertyTest {
  return (properties, context) => {
    const at = properties.at(...path.split('.'));
    const value = at.value();
    return value instanceof Unresolved ? unknown(at, value.why) : isPresent(path, want)(properties, context);
  };
}
