import { failureOf } from '../../../lib/live/certificates/failures';

const said = (error: unknown) => failureOf(error, 'ListCertificates');

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN'])(
  'a peer that is not there (%s) is not reached',
  (code) => {
    expect(said(Object.assign(new Error('connect 10.0.0.1'), { code }))).toEqual({
      code: 'Unreachable',
      message: `cannot be reached (${code}), check the name of the region, AWS_ENDPOINT_URL_ACM and the network (no proxy is asked)`,
    });
  },
);

test.each(['CredentialsProviderError', 'TokenProviderError'])('%s is about credentials', (name) => {
  const error = Object.assign(new Error('profile x: secret_key=abc'), { name });
  expect(said(error)).toMatchObject({ code: 'NoCredentials' });
});

test('no word of what failed is repeated but the name of an error, and of that only what names are made of', () => {
  const error = {
    name: '::error::\u001b[2JEvil',
    message: 'aws_secret_access_key',
    $metadata: { httpStatusCode: 418 },
  };
  expect(said(error)).toEqual({
    code: 'ServiceError',
    message: 'answers ListCertificates with 418 error2JEvil, run it again later',
  });
});

test.each([undefined, null, 'text', 7, {}, new SyntaxError('Unexpected end')])(
  '%p is an answer that cannot be read',
  (error) => {
    expect(said(error).code).toBe('Unreadable');
  },
);
