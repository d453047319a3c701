import {
  auditGaps,
  StdoutAudit,
  type WriteText,
} from '../../../../../lib/constructs/token-vault/runtime/adapters/stdout-audit';
import type { AuditEvent } from '../../../../../lib/constructs/token-vault/runtime/ports/audit';
import { StoreError } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { CALLER, NOW } from '../../../../_fixtures/vault/memory-vault';

const eventOf = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'reveal',
  caller: CALLER,
  requestId: 'r-1',
  at: NOW,
  outcome: 'ok',
  ...more,
});

function audited(sandbox = 'sandbox-1') {
  const written: string[] = [];
  const write: WriteText = (text, done) => {
    written.push(text);
    done();
  };
  const audit = new StdoutAudit(write, sandbox);
  return { audit, written, lines: () => written.join('').split('\n').slice(0, -1) };
}

test('each event is one line of JSON, and those of a call are written together', async () => {
  const { audit, written, lines } = audited();
  await audit.record([
    eventOf({ token: 'index', subject: 'hash', type: 'card-number', view: 'full', purpose: 'authorization' }),
    eventOf({ outcome: 'token_gone' }),
  ]);
  await audit.record([]);
  expect(written).toHaveLength(1);
  expect(JSON.parse(lines()[0] ?? '')).toEqual({
    audit: 'vault-audit/1',
    sandbox: 'sandbox-1',
    number: 1,
    previous: '0'.repeat(64),
    at: '2026-12-01T00:00:00.000Z',
    action: 'reveal',
    outcome: 'ok',
    tenant: 'shop',
    grantee: 'checkout',
    proof: 'function-alias',
    requestId: 'r-1',
    token: 'index',
    subject: 'hash',
    type: 'card-number',
    view: 'full',
    purpose: 'authorization',
  });
  expect(JSON.parse(lines()[1] ?? '')).toMatchObject({ number: 2, outcome: 'token_gone' });
});

describe('a chain of lines', () => {
  const chain = async () => {
    const one = audited('one');
    const other = audited('other');
    for (let count = 0; count < 5; count += 1) {
      await one.audit.record([eventOf({ requestId: `r-${count}` }), eventOf()]);
      await other.audit.record([eventOf()]);
    }
    // As CloudWatch shows them: of several instances, among lines of something else.
    return one
      .lines()
      .flatMap((line, at) => [
        line,
        'START RequestId',
        ...(other.lines()[at] === undefined ? [] : [other.lines()[at] ?? '']),
      ]);
  };

  test('that is whole has no gap', async () => {
    expect(auditGaps(await chain())).toEqual([]);
  });

  test('shows each line that is missing', async () => {
    const lines = await chain();
    for (const [at, line] of lines.entries()) {
      if (!line.startsWith('{')) continue;
      const { sandbox, number } = JSON.parse(line) as { sandbox: string; number: number };
      const isLast = !lines.slice(at + 1).some((later) => later.includes(`"sandbox":"${sandbox}"`));
      const rest = [...lines.slice(0, at), ...lines.slice(at + 1)];
      expect(auditGaps(rest)).toEqual(isLast ? [] : [{ sandbox, number: number + 1 }]);
    }
  });

  test('shows a line that was changed, and one that was put in', async () => {
    const lines = await chain();
    const changed = lines.map((line, at) => (at === 0 ? line.replace('"ok"', '"no"') : line));
    expect(changed).not.toEqual(lines);
    expect(auditGaps(changed)).toEqual([{ sandbox: 'one', number: 2 }]);
    expect(auditGaps([...lines, lines[0] ?? ''])).toEqual([{ sandbox: 'one', number: 1 }]);
  });
});

test('what a caller says ends no line, and is not longer than a line may be', async () => {
  const { audit, written, lines } = audited();
  const long = `a"\n\r\u2028{"audit":1}${'x'.repeat(100_000)}`;
  await audit.record([eventOf({ purpose: long, requestId: long, caller: { ...CALLER, grantee: long } })]);
  expect(lines()).toHaveLength(1);
  expect(written.join('').length).toBeLessThan(2000);
  expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ purpose: expect.stringMatching(/^a"\n\r\u2028/) });
});

test.each(['4111111111111111', 'card 4111 1111-1111.1111', '4111-11', '٤١١١١١١'])(
  'a purpose that holds a number, such as %j, is recorded without its digits',
  async (purpose) => {
    const { audit, lines } = audited();
    await audit.record([eventOf({ purpose })]);
    const { purpose: recorded } = JSON.parse(lines()[0] ?? '') as { purpose: string };
    expect(recorded).toBe(purpose.replaceAll(/\p{Nd}/gu, '#'));
    expect(recorded).not.toBe(purpose);
  },
);

test('a purpose with few digits stays as it is', async () => {
  const { audit, lines } = audited();
  await audit.record([eventOf({ purpose: 'order 12345' })]);
  expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ purpose: 'order 12345' });
});

test('what cannot be written is an error without a word of it, and shows as a gap', async () => {
  const taken: string[] = [];
  let isBroken = false;
  const audit = new StdoutAudit((text, done) => {
    if (isBroken) return done(new TypeError(`cannot write ${text}`));
    taken.push(text.trimEnd());
    return done();
  }, 's');
  await audit.record([eventOf()]);
  isBroken = true;
  await expect(audit.record([eventOf()])).rejects.toEqual(new StoreError());
  isBroken = false;
  await audit.record([eventOf()]);
  expect(auditGaps(taken)).toEqual([{ sandbox: 's', number: 3 }]);
});
