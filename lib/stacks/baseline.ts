import type { Construct } from 'constructs';
import { CertificateStack } from './certificate-stack';
import type { BaselineConfiguration } from './configuration';
import { EdgeStack } from './edge-stack';
import { NetworkStack } from './network-stack';

/** The platform stacks, built from one configuration. */
export class Baseline {
  /** Builds the stacks in an app or a Stage. */
  static build(scope: Construct, configuration: BaselineConfiguration): Baseline {
    return new Baseline(scope, configuration);
  }

  readonly network: NetworkStack;
  readonly certificate: CertificateStack;
  readonly edge: EdgeStack;

  private constructor(scope: Construct, configuration: BaselineConfiguration) {
    this.network = new NetworkStack(scope, 'Network', configuration);
    this.certificate = new CertificateStack(scope, 'Certificate', configuration);
    this.edge = new EdgeStack(scope, 'Edge', {
      configuration,
      vpc: this.network.network.vpc,
      certificate: this.certificate.certificate,
    });
  }
}
