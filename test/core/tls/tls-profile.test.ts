import { TransmissionError } from '../../../lib/core/errors';
import {
  isAtLeast,
  TLS_POLICY_SERVICES,
  type TlsPolicyService,
  TlsProfile,
  type TlsProfileTarget,
} from '../../../lib/core/tls';

const { TLS_1_2_OR_NEWER, TLS_1_3_ONLY, TLS_1_2_OR_NEWER_FIPS, TLS_1_3_ONLY_FIPS } = TlsProfile;

const NONE = undefined;

const chosen = (service: TlsPolicyService, target?: TlsProfileTarget) =>
  TlsProfile.values().map((profile) =>
    profile.supports(service, target) ? profile.policyFor(service, target).name : NONE,
  );

describe('choice', () => {
  // In the order of TlsProfile.values(): 1.2 or newer, 1.3 only, and both with FIPS.
  test.each<[TlsPolicyService, (string | undefined)[]]>([
    [
      'elbv2',
      [
        'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
        'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
        'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
      ],
    ],
    ['elbv2-backend', [NONE, NONE, NONE, NONE]],
    ['elb-classic', ['ELBSecurityPolicy-TLS-1-2-2017-01', NONE, NONE, NONE]],
    ['cloudfront-viewer', ['TLSv1.2_2025', 'TLSv1.3_2025', NONE, NONE]],
    ['cloudfront-origin', ['TLSv1.2', NONE, NONE, NONE]],
    [
      'apigateway',
      [
        'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        'SecurityPolicy_TLS13_1_3_2025_09',
        'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
        'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
      ],
    ],
    ['apigatewayv2', ['TLS_1_2', NONE, NONE, NONE]],
    ['opensearch', ['Policy-Min-TLS-1-2-PFS-2023-10', NONE, 'Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08', NONE]],
    ['transfer', ['TransferSecurityPolicy-2025-03', NONE, 'TransferSecurityPolicy-FIPS-2025-03', NONE]],
    [
      'transfer-connector',
      [
        'TransferSFTPConnectorSecurityPolicy-2024-03',
        'TransferSFTPConnectorSecurityPolicy-2024-03',
        'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10',
        'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10',
      ],
    ],
    ['iot', ['IoTSecurityPolicy_TLS13_1_2_2022_10', 'IoTSecurityPolicy_TLS13_1_3_2022_10', NONE, NONE]],
    ['lightsail', ['TLS-FS-1-2-Res-2019-08', NONE, NONE, NONE]],
    ['cognito', ['TLS_V1_2_2021', 'TLS_V1_3_2025', NONE, NONE]],
  ])('for %s is %j', (service, expected) => {
    expect(chosen(service)).toEqual(expected);
  });

  test('for edge-optimised APIs is one of the names made for them', () => {
    const expected = ['SecurityPolicy_TLS12_PFS_2025_EDGE', 'SecurityPolicy_TLS13_2025_EDGE', NONE, NONE];
    expect(chosen('apigateway', { endpoint: 'edge' })).toEqual(expected);
  });

  test('for an API with mutual TLS is the one policy that allows it', () => {
    expect(chosen('apigateway', { mutualTls: true })).toEqual(['TLS_1_2', NONE, NONE, NONE]);
  });

  test('lies inside the lists of Security Hub wherever FIPS is not asked for', () => {
    for (const profile of [TLS_1_2_OR_NEWER, TLS_1_3_ONLY])
      for (const service of TLS_POLICY_SERVICES.filter((id) => profile.supports(id)))
        expect([service, profile.policyFor(service).securityHub]).not.toEqual([service, false]);
  });

  test('has exactly the floor and the FIPS claim of the profile', () => {
    for (const profile of TlsProfile.values())
      for (const service of TLS_POLICY_SERVICES.filter((id) => profile.supports(id))) {
        const { oldest, fips } = profile.policyFor(service);
        expect([service, fips]).toEqual([service, profile.fips]);
        if (service !== 'transfer-connector') expect([service, oldest]).toEqual([service, profile.floor]);
      }
  });
});

describe('reason', () => {
  test('says what the policy offers and which control accepts it', () => {
    expect(TLS_1_2_OR_NEWER.why('elbv2')).toBe(
      'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 for Application and Network Load Balancer listeners: ' +
        'TLSv1.2 to TLSv1.3, forward-secret, no CBC suites, post-quantum hybrid key agreement, ' +
        'accepted by Security Hub ELB.17',
    );
  });

  test('says what the best policy lacks', () => {
    expect(TLS_1_2_OR_NEWER.why('iot')).toContain('offers suites without forward secrecy');
    expect(TLS_1_2_OR_NEWER_FIPS.why('apigateway')).toContain('not accepted by Security Hub APIGateway.11');
    expect(TLS_1_2_OR_NEWER.why('transfer-connector')).not.toContain('over TLS');
  });

  test.each([
    [TLS_1_3_ONLY, 'apigatewayv2', 'TLSv1.3 as the oldest version, use a REST API'],
    [TLS_1_2_OR_NEWER_FIPS, 'cloudfront-viewer', 'FIPS 140-3, end TLS on a load balancer or a regional API'],
    [TLS_1_3_ONLY_FIPS, 'opensearch', 'none of its TLS policies with FIPS has TLSv1.3 as the oldest version'],
    [TLS_1_2_OR_NEWER, 'elbv2-backend', 'the service chooses the TLS policy and no property changes it'],
  ] as const)('%s for %s says why not, and what to do', (profile, service, part) => {
    expect(profile.why(service)).toContain(`cannot meet TLS profile ${profile.name}: `);
    expect(profile.why(service)).toContain(part);
  });

  test('is the message of the error where the service has no such policy', () => {
    const attempt = () => TLS_1_3_ONLY.policyFor('elb-classic');
    expect(attempt).toThrow(TransmissionError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'UnsupportedProfile', message: TLS_1_3_ONLY.why('elb-classic') }),
    );
  });
});

describe('names', () => {
  test('finds every profile by its own name', () => {
    expect(TlsProfile.values()).toHaveLength(4);
    for (const profile of TlsProfile.values()) expect(TlsProfile.of(profile.name)).toBe(profile);
    expect(String(TLS_1_3_ONLY_FIPS)).toBe('TLS_1_3_ONLY_FIPS');
  });

  test('lets no profile accept anything below TLS 1.2', () => {
    for (const profile of TlsProfile.values()) expect(isAtLeast(profile.floor, 'TLSv1.2')).toBe(true);
  });

  test('refuses any other name and lists the allowed ones', () => {
    expect(() => TlsProfile.of('TLS_1_0')).toThrow(
      expect.objectContaining({
        code: 'InvalidProperty',
        message:
          'TLS profile "TLS_1_0" does not exist, ' +
          'use one of TLS_1_2_OR_NEWER, TLS_1_3_ONLY, TLS_1_2_OR_NEWER_FIPS, TLS_1_3_ONLY_FIPS',
      }),
    );
  });
});
