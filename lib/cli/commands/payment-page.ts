import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { ALLOW_PRIVATE, CA } from '../live-options';
import { formatOption, OUTPUT } from '../options';

const FORMATS = ['text', 'json'] as const;

/** Compares payment pages with what was approved for them. */
export const paymentPage: Command = {
  name: 'payment-page',
  summary: 'compare payment pages with what was approved for them (PCI DSS 11.6.1)',
  operands: 'check <https-url...>',
  arity: { least: 2, most: 21 },
  options: [
    {
      name: 'approved',
      value: 'FILE',
      about: 'what may stand on the pages, in JSON or YAML (default: payment-page.approved.json)',
    },
    {
      name: 'update',
      about: 'write what stands there to that file; what is new is refused until it is justified',
    },
    formatOption(FORMATS),
    OUTPUT,
    ALLOW_PRIVATE,
    CA,
    { name: 'timeout', value: 'SECONDS', about: 'how long each answer may take (default: 20)' },
    { name: 'time-limit', value: 'SECONDS', about: 'how long it may take in all (default: 600)' },
  ],
  examples: [
    'payment-page check https://shop.example.com/checkout --update',
    'payment-page check https://shop.example.com/pay --approved pages.yaml --format json',
  ],
  exitCodes: [
    [0, 'each page is what was approved; with --update, the list was written'],
    [1, 'a page is not what was approved'],
    [2, 'wrong use, or a list in which something is still to be written: nothing was looked at'],
    [3, 'something could not be looked at, which is never a pass'],
  ],
  run(args: Arguments, io: Io): Promise<number> {
    const { runPaymentPage } = require('../run-payment-page') as typeof import('../run-payment-page');
    return runPaymentPage(args, io);
  },
};
