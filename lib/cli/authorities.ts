import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { readGiven } from './given-file';
import type { Io } from './io';

/** The certificates of `--ca`, each apart. */
export function authoritiesOf(args: Arguments, io: Io): string[] {
  return args.all('ca').flatMap((file) => {
    const name = `--ca ${relativeTo(io.cwd, file)}`;
    const text = readGiven(resolve(io.cwd, file), name, 'give a file of certificates in PEM');
    const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    if (found.length > 0 && found.every(isCertificate)) return found;
    const message =
      'holds no certificate that can be read, it must hold certificates in PEM, give that of the authority';
    throw new TransmissionError('InvalidArgument', message, name);
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
