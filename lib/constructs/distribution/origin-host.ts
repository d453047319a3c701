import { domainNameProblem } from '../certificate';

/** Names of AWS that cannot be reached over TLS by that name, or that let everyone past the distribution. */
const NAMES_OF_AWS: readonly { readonly pattern: RegExp; readonly problem: string }[] = [
  {
    pattern: /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
    problem: 'must not be a website endpoint of S3, which has no TLS, use TlsOrigin.bucket',
  },
  {
    pattern: /(^|\.)s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/,
    problem: 'must not be a bucket, which would have to be public, use TlsOrigin.bucket',
  },
  {
    pattern: /\.elb(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/,
    problem:
      'must be a name in the certificate of the load balancer, which the name that AWS gives it never is',
  },
  {
    pattern: /\.lambda-url\.[a-z0-9-]+\.on\.aws$/,
    problem: 'must not be a function URL, which would have to be public, use TlsOrigin.functionUrl',
  },
];

/** What is wrong with the name of an origin, as the end of a sentence; `undefined` where nothing is. */
export function hostProblem(domainName: string): string | undefined {
  const ofAws = NAMES_OF_AWS.find(({ pattern }) => pattern.test(domainName.toLowerCase()));
  if (ofAws !== undefined) return `${ofAws.problem}, got ${domainName}`;
  const problem = domainNameProblem(domainName);
  if (problem !== undefined) return problem;
  return domainName.includes('*') ? `must be one host, got ${JSON.stringify(domainName)}` : undefined;
}
