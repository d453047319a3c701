/**
 * All that we use of the client of ACM. The build makes a file of its own of this one, beside the command line: V8
 * would read it at every start, and few commands need it.
 */
export {
  ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
} from '@aws-sdk/client-acm';
