import { promiseOfTlsPolicy } from '../../../lib/live/prober';

test.each([
  ['elbv2', 'ELBSecurityPolicy-2016-08', { oldest: 'TLSv1.0', newest: 'TLSv1.2' }],
  ['cloudfront-viewer', 'TLSv1.2_2021', { oldest: 'TLSv1.2', newest: 'TLSv1.3', forwardSecret: true }],
] as const)('%s %s promises what the catalogue knows', (service, name, promise) => {
  expect(promiseOfTlsPolicy(service, name)).toMatchObject({ ...promise, by: [name] });
});

test('a name that nobody has classified promises nothing', () => {
  expect(() => promiseOfTlsPolicy('elbv2', 'ELBSecurityPolicy-2016-80')).toThrow(
    /^ELBSecurityPolicy-2016-80: is no TLS policy of elbv2 that is classified.*, write the promise out instead$/,
  );
});
