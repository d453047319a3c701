import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { behindTokens, type JwtValidation } from './jwt-validation';

/**
 * What a listener does with a request that matches no rule: it answers 404 until a route is set.
 *
 * A listener of the CDK warns when its default action is replaced, and cannot be made without one.
 */
export class DefaultRoute extends elbv2.ListenerAction {
  private target: elbv2.ListenerAction;
  private isSet = false;

  constructor(private readonly jwtValidation?: JwtValidation) {
    super({ type: 'fixed-response' });
    const notFound = elbv2.ListenerAction.fixedResponse(404, {
      contentType: 'text/plain',
      messageBody: 'Not found',
    });
    this.target = behindTokens(jwtValidation, notFound);
  }

  /** Whether a route was set. */
  get isTaken(): boolean {
    return this.isSet;
  }

  /** Sends what matches no rule to a target group. */
  forward(listener: elbv2.ApplicationListener, targetGroup: elbv2.IApplicationTargetGroup): void {
    this.target = behindTokens(this.jwtValidation, elbv2.ListenerAction.forward([targetGroup]));
    this.target.bind(listener, listener);
    this.isSet = true;
  }

  override renderActions(): elbv2.CfnListener.ActionProperty[] {
    return this.target.renderActions();
  }
}
