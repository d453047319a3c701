/** What differs from shop to shop. Everything here is a placeholder: put in what is yours, and nothing else. */
export const SETTINGS = {
  /** The name under which customers reach the shop: that of a public hosted zone which the shop has for itself. */
  domainName: 'shop.example.com',
  /** `aws route53 list-hosted-zones-by-name --dns-name shop.example.com` prints it. */
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  /** Where the shop lives. Its edge lives in us-east-1, from where CloudFront takes it. */
  region: 'eu-west-1',
  /**
   * What Amazon S3 and DynamoDB are called in security groups of that region:
   * `aws ec2 describe-managed-prefix-lists --region eu-west-1 --query "PrefixLists[].[PrefixListName,PrefixListId]"`
   * prints them.
   */
  prefixLists: { s3: 'pl-6da54004', dynamodb: 'pl-6fa54006' },
  /** The countries that the shop sells to, by ISO 3166-1 alpha-2 code; requests from others are refused. */
  countries: ['AT', 'BE', 'DE', 'FR', 'IE', 'NL'],
  /** Who answers for the data of customers, and looks into logs when one of them asks. */
  dataOwner: 'data-protection@shop.example.com',
  /** The repository in Amazon ECR that holds the image of the container. */
  repositoryName: 'shop',
  /** The digest that `docker push` prints. A tag can be moved to another image, a digest cannot. */
  imageDigest: 'sha256:0000000000000000000000000000000000000000000000000000000000000000',
};
