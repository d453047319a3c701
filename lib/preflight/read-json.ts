import { readFileSync } from 'node:fs';
import { TransmissionError } from '../core/errors';
import type { Json } from '../judge/template';

/** The JSON in a file of an assembly. */
export function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    const message = 'is not readable JSON, synthesise the app again (cdk synth)';
    throw new TransmissionError('UnreadableAssembly', message, file, error);
  }
}
