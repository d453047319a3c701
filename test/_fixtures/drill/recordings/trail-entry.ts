/**
 * An entry of a trail, in the shape that AWS documents, with the ids that its documentation uses: nobody has them.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function trailEntry(more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    eventVersion: '1.11',
    userIdentity: ROLE,
    eventTime: '2026-11-22T10:20:30Z',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.17',
    userAgent: 'aws-cli/2.31.0',
    requestParameters: null,
    responseElements: null,
    requestID: '11111111-2222-3333-4444-555555555555',
    eventID: '66666666-7777-8888-9999-000000000000',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'ec2.eu-west-1.amazonaws.com',
    },
    ...more,
  };
}

/** A call of an API. */
export function call(service: string, eventName: string, more: Readonly<Record<string, unknown>> = {}) {
  return trailEntry({ eventSource: `${service}.amazonaws.com`, eventName, ...more });
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const ROLE = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLEEXAMPLE:alice',
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
  accountId: '111122223333',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
};

/** The root user. */
export const ROOT = {
  type: 'Root',
  principalId: '111122223333',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
};

/** A user with a password. */
export const USER = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLEEXAMPLE00',
  arn: 'arn:aws:iam::111122223333:user/anaya',
  accountId: '111122223333',
  userName: 'anaya',
};

/**
 * A sign-in to the console.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function signIn(
  result: 'Success' | 'Failure',
  mfa: 'Yes' | 'No',
  more: Readonly<Record<string, unknown>> = {},
) {
  return trailEntry({
    userIdentity: USER,
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    userAgent: 'Mozilla/5.0',
    responseElements: { ConsoleLogin: result },
    additionalEventData: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      MFAUsed: mfa,
    },
    ...(result === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
    ...more,
  });
}
