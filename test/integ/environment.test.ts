import { integEnvironment, isConfigured } from './environment';

const SET = {
  SECURE_TRANSMISSION_INTEG_ACCOUNT: '444455556666',
  SECURE_TRANSMISSION_INTEG_ZONE: 'integ.example.org=Z1',
  SECURE_TRANSMISSION_INTEG_PEER: '198.51.100.7/32',
};

test('without an account nothing is deployed, and no name is a real one', () => {
  for (const variables of [{}, { SECURE_TRANSMISSION_INTEG_ACCOUNT: '' }]) {
    expect(isConfigured(variables)).toBe(false);
    expect(integEnvironment(variables)).toMatchObject({ account: '111122223333', isDeployed: false });
  }
});

test('with one, everything comes from the environment', () => {
  expect(isConfigured(SET)).toBe(true);
  expect(integEnvironment({ ...SET, SECURE_TRANSMISSION_INTEG_REGION: 'eu-north-1' })).toEqual({
    account: '444455556666',
    region: 'eu-north-1',
    zoneName: 'integ.example.org',
    hostedZoneId: 'Z1',
    peer: '198.51.100.7/32',
    isDeployed: true,
  });
});

test.each<[Record<string, string | undefined>, string]>([
  [
    { SECURE_TRANSMISSION_INTEG_ACCOUNT: '4444' },
    'SECURE_TRANSMISSION_INTEG_ACCOUNT must be such as 111122223333',
  ],
  [{ SECURE_TRANSMISSION_INTEG_ZONE: undefined }, 'SECURE_TRANSMISSION_INTEG_ZONE must be such as'],
  [
    { SECURE_TRANSMISSION_INTEG_PEER: '0.0.0.0' },
    'SECURE_TRANSMISSION_INTEG_PEER must be such as 192.0.2.1/32',
  ],
])('%j is refused', (variables, message) => {
  expect(() => integEnvironment({ ...SET, ...variables })).toThrow(message);
});
