import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { certificateRegionProblem } from './certificate-problem';
import { checkHost, checkPort, invalidOrigin, OVER_TLS, SingleOrigin } from './origin-kinds';
import type { HttpsHostOriginProps } from './origins';

/** See `TlsOrigin.httpsHost`. */
export class HttpsHostOrigin extends SingleOrigin {
  readonly isPublic = false;
  readonly originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;
  override readonly showsClientCertificate: boolean;

  constructor(
    private readonly domainName: string,
    private readonly props: HttpsHostOriginProps,
  ) {
    super();
    this.showsClientCertificate = props.clientCertificate !== undefined;
  }

  override create(scope: Construct): cloudfront.IOrigin {
    checkHost(scope, this.domainName);
    const { port, originPath, clientCertificate } = this.props;
    checkPort(scope, port);
    const props = { ...OVER_TLS, httpsPort: port, originPath };
    if (clientCertificate === undefined) return new origins.HttpOrigin(this.domainName, props);
    const what = "'clientCertificate' of an origin";
    const problem = certificateRegionProblem(what, clientCertificate, 'import it there');
    if (problem !== undefined) throw invalidOrigin(scope, problem);
    return new CertificateShowingOrigin(this.domainName, props, clientCertificate.certificateArn);
  }
}

/** The origins of the CDK cannot show a certificate; the property is that of the template. */
class CertificateShowingOrigin extends origins.HttpOrigin {
  constructor(
    domainName: string,
    props: origins.HttpOriginProps,
    private readonly clientCertificateArn: string,
  ) {
    super(domainName, props);
  }

  protected override renderCustomOriginConfig(): cloudfront.CfnDistribution.CustomOriginConfigProperty {
    return {
      originProtocolPolicy: OVER_TLS.protocolPolicy,
      ...super.renderCustomOriginConfig(),
      originMtlsConfig: { clientCertificateArn: this.clientCertificateArn },
    };
  }
}
