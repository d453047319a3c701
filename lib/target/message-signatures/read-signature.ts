import {
  type InnerList,
  isInnerList,
  type Parameters,
  parseDictionary,
  serializeDictionary,
  serializeItem,
} from 'structured-headers';
import { type FieldLines, lineOf } from './message';
import { type MessageProblemCode, MessageRefusal } from './problem';

/** A part of a message that a signature covers (RFC 9421, 2). */
export interface Component {
  readonly name: string;
  /** Whether it is of the request, in the signature of a response (RFC 9421, 2.4). */
  readonly ofRequest: boolean;
  /** As it stands in the signature. */
  readonly text: string;
}

/** What the signature of a message says about itself. */
export interface ReadSignature {
  /** As it was parsed; it is written again into the signature base. */
  readonly input: InnerList;
  readonly components: readonly Component[];
  readonly bytes: Uint8Array;
  readonly created: number;
  readonly expires: number | undefined;
  readonly keyId: string;
  readonly nonce: string;
  readonly tag: string;
  readonly algorithm: string | undefined;
}

/** What a message is; it decides which components there are. */
export type MessageKind = 'request' | 'response';

/** Components that are made of the message (RFC 9421, 2.2). `@request-target` and `@query-param` have two readings. */
const DERIVED = ['@method', '@target-uri', '@authority', '@scheme', '@path', '@query'];
/** A field by its name; a signature does not sign itself. */
const FIELD = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const ITSELF = ['signature', 'signature-input'];

const MOST_COMPONENTS = 32;
/** An RSA key of 4,096 bits signs 512 bytes. */
const MOST_SIGNATURE_BYTES = 512;
/** The longest value of the two fields. */
const MOST_CHARACTERS = 4096;
/** Enough for 96 random bits in Base64; visible characters only. */
export const NONCE = /^[\x21-\x7e]{16,128}$/;

/**
 * The only signature of a message.
 *
 * @throws MessageRefusal where there is none, there are several, or it can be read in two ways
 */
export function readSignature(fields: FieldLines, kind: MessageKind): ReadSignature {
  const inputs = dictionaryOf(fields, 'signature-input');
  const signatures = dictionaryOf(fields, 'signature');
  if (inputs.size > 1 || signatures.size > 1) {
    throw new MessageRefusal(
      'signature-ambiguous',
      'the message must have one signature, take the others out',
    );
  }
  const [[label, input] = []] = inputs;
  const [[otherLabel, signature] = []] = signatures;
  if (label === undefined || label !== otherLabel || input === undefined || signature === undefined) {
    throw malformed('signature and signature-input must have the same label');
  }
  const [bytes] = signature;
  if (!isInnerList(input)) throw malformed('signature-input must list what it covers in brackets');
  if (!(bytes instanceof ArrayBuffer) || bytes.byteLength > MOST_SIGNATURE_BYTES) {
    throw malformed(`signature must be at most ${MOST_SIGNATURE_BYTES} bytes, between colons`);
  }
  return {
    input,
    components: componentsOf(input, kind),
    bytes: new Uint8Array(bytes),
    ...parametersOf(input[1]),
  };
}

function dictionaryOf(fields: FieldLines, name: string): ReturnType<typeof parseDictionary> {
  const value = lineOf(fields, name);
  if (value === undefined) {
    throw new MessageRefusal(
      'signature-missing',
      `the message must have a '${name}' field, sign it as RFC 9421 has it`,
    );
  }
  if (value.length > MOST_CHARACTERS)
    throw malformed(`${name} must have at most ${MOST_CHARACTERS} characters`);
  try {
    const dictionary = parseDictionary(value);
    // One way to write it: of a label or parameter that is there twice, one reader would see the first, one the last.
    if (serializeDictionary(dictionary) === value) return dictionary;
  } catch {
    // The parser's message would echo what was sent.
  }
  throw malformed(
    `${name} must be a dictionary in the canonical form of RFC 9651, without a label that is there twice`,
  );
}

function componentsOf([items]: InnerList, kind: MessageKind): readonly Component[] {
  if (items.length > MOST_COMPONENTS) throw refused(`at most ${MOST_COMPONENTS} components can be covered`);
  const components = items.map((item): Component => {
    const [name, parameters] = item;
    if (typeof name !== 'string') throw malformed('the name of a component must be a string');
    const ofRequest = parameters.get('req') === true;
    if (parameters.size > (ofRequest ? 1 : 0) || (ofRequest && kind === 'request')) {
      throw refused(
        kind === 'request'
          ? 'a component must have no parameters'
          : "a component must have no parameter but 'req', which takes it from the request",
      );
    }
    if (!isKnown(name, ofRequest, kind)) {
      throw refused(`a component must be a field in small letters or one of ${derivedOf(kind).join(', ')}`);
    }
    return { name, ofRequest, text: serializeItem(item) };
  });
  if (new Set(components.map(({ text }) => text)).size < components.length) {
    throw refused('a component must be covered once');
  }
  return components;
}

function derivedOf(kind: MessageKind): readonly string[] {
  return kind === 'request' ? DERIVED : ['@status', ...DERIVED.map((name) => `${name};req`)];
}

function isKnown(name: string, ofRequest: boolean, kind: MessageKind): boolean {
  if (name.startsWith('@')) {
    return ofRequest || kind === 'request' ? DERIVED.includes(name) : name === '@status';
  }
  // The signature of a request may be covered by that of its response: it binds the two.
  return FIELD.test(name) && (ofRequest || !ITSELF.includes(name));
}

type Said = Pick<ReadSignature, 'created' | 'expires' | 'keyId' | 'nonce' | 'tag' | 'algorithm'>;

function parametersOf(parameters: Parameters): Said {
  const nonce = textOf(parameters, 'nonce');
  if (!NONCE.test(nonce)) {
    throw malformed('nonce must be 16 to 128 visible ASCII characters, take 16 random bytes in Base64');
  }
  return {
    created: secondOf(parameters, 'created'),
    expires: parameters.has('expires') ? secondOf(parameters, 'expires') : undefined,
    keyId: textOf(parameters, 'keyid'),
    nonce,
    tag: textOf(parameters, 'tag'),
    algorithm: parameters.has('alg') ? textOf(parameters, 'alg') : undefined,
  };
}

function textOf(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw missing(name);
  if (typeof value === 'string') return value;
  throw malformed(`${name} must be a string`);
}

function secondOf(parameters: Parameters, name: string): number {
  const value = parameters.get(name);
  if (value === undefined) throw missing(name);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw malformed(`${name} must be whole seconds since 1970`);
}

function missing(name: string): MessageRefusal {
  return new MessageRefusal(
    'parameter-missing',
    `the signature must have the parameters created, keyid, nonce and tag, it lacks ${name}`,
  );
}

function malformed(detail: string): MessageRefusal {
  return new MessageRefusal('signature-malformed' satisfies MessageProblemCode, detail);
}

function refused(detail: string): MessageRefusal {
  return new MessageRefusal('component-refused', detail);
}
