import { existsSync, readFileSync } from 'node:fs';
import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import {
  BASELINE_CONTEXT_KEY,
  BASELINE_DOCUMENT_FILE,
  type BaselineDocument,
  baselinesOf,
  HANDED_OVER,
  type HandedOverName,
  readBaselineDocument,
} from '../../core/handover';

/**
 * The baseline that an app stands on, as its `baseline.json` tells it.
 *
 * The file is the one that the context key `secure-transmission:baseline` names (in `cdk.json`, relative to the folder
 * that the app runs in), else `baseline.json` there. ARNs and ids are read from SSM when a stack is deployed, as
 * parameters of CloudFormation: a synthesis asks nobody.
 */
export class BaselineReference {
  /**
   * The baseline that a construct finds.
   *
   * @throws TransmissionError where there is no document, or none that this version of the package reads
   */
  static of(scope: IConstruct): BaselineReference {
    const file = fileFor(scope);
    const { root } = scope.node;
    const known = baselinesOf(root);
    const read = known.get(file) ?? readBaselineDocument(() => readFileSync(file, 'utf8'), file);
    known.set(file, read);
    return new BaselineReference(read);
  }

  private constructor(
    /** What the baseline tells. */
    readonly document: BaselineDocument,
  ) {}

  /** Whether the baseline handed a value over. */
  has(name: HandedOverName): boolean {
    return this.document.parameters[name] !== undefined;
  }

  /** A value, for a stack in its region. */
  value(scope: IConstruct, name: HandedOverName): string {
    return ssm.StringParameter.valueForStringParameter(Stack.of(scope), this.parameterName(scope, name));
  }

  /** A value that not every baseline hands over. */
  valueIfAny(scope: IConstruct, name: HandedOverName): string | undefined {
    return this.has(name) ? this.value(scope, name) : undefined;
  }

  /** A list with an entry for each availability zone. */
  list(scope: IConstruct, name: HandedOverName): string[] {
    const parameterName = this.parameterName(scope, name);
    const list = ssm.StringListParameter.valueForTypedListParameter(Stack.of(scope), parameterName);
    const { availabilityZoneCount } = this.document;
    return Array.from({ length: availabilityZoneCount }, (_, index) => Fn.select(index, list));
  }

  /** The side of the baseline that the stack of a construct is on. */
  sideOf(scope: IConstruct): 'home' | 'edge' | undefined {
    const { region } = Stack.of(scope);
    if (region === this.document.region) return 'home';
    return region === this.document.edgeRegion ? 'edge' : undefined;
  }

  private parameterName(scope: IConstruct, name: HandedOverName): string {
    const parameterName = this.document.parameters[name];
    const { about, side } = HANDED_OVER[name];
    if (parameterName === undefined) {
      const others = Object.keys(this.document.parameters).join(', ');
      throw this.invalid(
        scope,
        `the baseline ${this.document.name} hands over no '${name}' (${about}), it hands over ${others}, change its configuration, or give the attributes of another`,
      );
    }
    this.checkEnvironment(scope, name, side);
    return parameterName;
  }

  /** A parameter of another region or account would be looked for in vain, when the stack is deployed. */
  private checkEnvironment(scope: IConstruct, name: HandedOverName, side: 'home' | 'edge'): void {
    const { region: home, edgeRegion, account, name: baseline } = this.document;
    const wanted = side === 'home' ? home : edgeRegion;
    const stack = Stack.of(scope);
    if (stack.region !== wanted) {
      const got = Token.isUnresolved(stack.region) ? 'an unresolved value' : stack.region;
      throw this.invalid(
        scope,
        `the stack must be in ${wanted}, where the baseline ${baseline} hands over '${name}', got ${got}, set 'env: { region: '${wanted}' }' on it`,
      );
    }
    if (account === undefined || Token.isUnresolved(stack.account) || stack.account === account) return;
    throw this.invalid(
      scope,
      `the stack must be in the account ${account}, in which the baseline ${baseline} is, got ${stack.account}, share what it needs by AWS RAM and give its attributes`,
    );
  }

  private invalid(scope: IConstruct, message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, scope.node.path);
  }
}

function fileFor(scope: IConstruct): string {
  const named: unknown = scope.node.tryGetContext(BASELINE_CONTEXT_KEY);
  if (named !== undefined && (typeof named !== 'string' || named === '')) {
    throw new TransmissionError(
      'InvalidProperty',
      `the context '${BASELINE_CONTEXT_KEY}' must be the path of the ${BASELINE_DOCUMENT_FILE} of a baseline, got ${typeof named}`,
      scope.node.path,
    );
  }
  const file = named ?? BASELINE_DOCUMENT_FILE;
  if (named !== undefined || existsSync(file)) return file;
  throw new TransmissionError(
    'UnreadableBaseline',
    `does not exist, copy it from the cdk.out of the baseline, or name it in cdk.json: "context": { "${BASELINE_CONTEXT_KEY}": "path/to/${BASELINE_DOCUMENT_FILE}" }`,
    BASELINE_DOCUMENT_FILE,
  );
}
