import type { Cursor } from '../../template';

/** The types of a Kubernetes cluster: CloudFormation's, and the custom resource that CDK's `aws-eks` makes instead. */
export const CLUSTER_TYPES = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'] as const;

/** Where a cluster says what, whichever type it has. */
export interface ClusterPlaces {
  readonly version: Cursor;
  readonly publicAccess: Cursor;
  readonly encryption: Cursor;
  /** The kinds of resources that one entry of `encryption` encrypts. */
  readonly encrypted: (entry: Cursor) => Cursor;
  readonly logging: Cursor;
  /** Where each kind of log that is on has its name. */
  readonly loggedTypes: () => readonly Cursor[];
}

/** The places of a cluster. The custom resource passes its `Config` to the API of EKS, whose names begin in lower case. */
export function clusterPlaces(properties: Cursor): ClusterPlaces {
  if (properties.resource.type === 'AWS::EKS::Cluster') {
    const logging = properties.at('Logging', 'ClusterLogging', 'EnabledTypes');
    return {
      version: properties.at('Version'),
      publicAccess: properties.at('ResourcesVpcConfig', 'EndpointPublicAccess'),
      encryption: properties.at('EncryptionConfig'),
      encrypted: (entry) => entry.at('Resources'),
      logging,
      loggedTypes: () => logging.items().map((item) => item.at('Type')),
    };
  }
  const config = properties.at('Config');
  const logging = config.at('logging', 'clusterLogging');
  return {
    version: config.at('version'),
    publicAccess: config.at('resourcesVpcConfig', 'endpointPublicAccess'),
    encryption: config.at('encryptionConfig'),
    encrypted: (entry) => entry.at('resources'),
    logging,
    loggedTypes: () =>
      logging.items().flatMap((setup) => {
        const on = setup.at('enabled').boolean();
        return on.state === 'given' && !on.value ? [] : setup.at('types').items();
      }),
  };
}
