import { TransmissionError } from '../core/errors';

/** Something that has a path among the constructs, or will have one. */
export interface Place {
  readonly node: { readonly path: string };
}

/** What is wrong with a property of a construct, and where that construct stands. */
export function invalidProperty({ node }: Place, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, node.path);
}
