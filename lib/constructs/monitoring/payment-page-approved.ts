import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { type ApprovedList, parseApproved } from '../../live/payment-page/approved';
import { readApproved } from '../../live/payment-page/approved-file';

/** What may stand on payment pages, with owner and justification of each (PCI DSS 6.4.3). */
export class ApprovedPages {
  /**
   * The list in a file of JSON or YAML, as `secure-transmission payment-page check --update` writes it.
   *
   * @throws TransmissionError where it cannot be read, breaks the schema, or somebody still has to decide about something
   */
  static fromFile(path: string): ApprovedPages {
    const name = basename(path);
    return new ApprovedPages(readApproved(textOf(path, name), name));
  }

  /**
   * A list that the program itself makes.
   *
   * @throws TransmissionError as for a file
   */
  static of(list: ApprovedList): ApprovedPages {
    return new ApprovedPages(parseApproved(list, 'the approved list'));
  }

  private constructor(
    /** What was approved. */
    readonly list: ApprovedList,
  ) {}
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message =
      "cannot be read, give the path of the approved list, such as join(__dirname, 'payment-page.json')";
    throw new TransmissionError('UnreadableConfiguration', message, name, error);
  }
}
