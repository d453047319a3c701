import { LogKind, LogLockSupport } from '../../../lib/constructs/log-store/log-kind';

describe('LogKind', () => {
  test('every kind is among the values, once, under the name of its constant', () => {
    const constants = Object.entries(LogKind).filter(([, value]) => value instanceof LogKind);
    expect(LogKind.values()).toEqual(constants.map(([, kind]) => kind));
    expect(LogKind.values().map(String)).toEqual(constants.map(([name]) => name));
  });

  test('what takes no key of a customer, or no lock, is this and nothing else', () => {
    const without = (test: (kind: LogKind) => boolean) => LogKind.values().filter(test).map(String);
    expect(without((kind) => !kind.takesCustomerKey)).toEqual([
      'ALB_ACCESS',
      'ALB_CONNECTION',
      'S3_SERVER_ACCESS',
    ]);
    expect(without((kind) => kind.objectLock === LogLockSupport.REFUSED)).toEqual([
      'ALB_ACCESS',
      'ALB_CONNECTION',
      'S3_SERVER_ACCESS',
      'CONFIG',
    ]);
    expect(without((kind) => kind.objectLock === LogLockSupport.SUPPORTED)).toEqual(['CLOUDTRAIL']);
  });

  test.each(LogKind.values().map((kind) => [kind.name, kind] as const))(
    '%s has a source and a date',
    (_, kind) => {
      expect(kind.sources.length).toBeGreaterThan(0);
      for (const source of kind.sources) expect(source).toMatch(/^https:\/\//);
      expect(kind.reviewed).toMatch(/^20\d\d-\d\d-\d\d$/);
    },
  );

  test('is found by name, and by no other', () => {
    expect(LogKind.of('WAF')).toBe(LogKind.WAF);
    expect(() => LogKind.of('waf')).toThrow(
      'kind of log "waf" does not exist, use one of ALB_ACCESS, ALB_CONNECTION',
    );
  });
});
