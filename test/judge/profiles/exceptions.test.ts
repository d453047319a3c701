import { mistakesIn, OFF, settingsOf, TERMS } from './support';

describe('a rule that is switched off', () => {
  const off = (changed: object, ...others: readonly object[]) =>
    mistakesIn({ switchedOff: [{ ...OFF, ...changed }, ...others] });
  const at = (field: string) => `settings.json: 'switchedOff[0].${field}'`;

  test('is off on its last day, and refused on the next', () => {
    expect(off({ until: '2026-11-22' })).toEqual([]);
    expect(off({ until: '2026-11-21' })).toEqual([
      `${at('until')} must be a day that is not past, got 2026-11-21, let the rule run, or have it decided again`,
    ]);
  });

  test('is off for a year at most', () => {
    expect(off({ until: '2027-11-22' })).toEqual([]);
    expect(off({ until: '2027-11-23' })).toEqual([
      `${at('until')} must be 2027-11-22 or before, at most a year ahead, got 2027-11-23, choose an earlier day`,
    ]);
  });

  test('is off for a quarter at most where it finds plaintext', () => {
    expect(off({ rule: 'ListenerIsEncrypted', until: '2027-02-20' })).toEqual([]);
    expect(off({ rule: 'ListenerIsEncrypted', until: '2027-02-21' })).toEqual([
      `${at('until')} must be 2027-02-20 or before, at most 90 days ahead, since it is about plaintext or TLS below 1.2, got 2027-02-21, choose an earlier day`,
    ]);
  });

  test('ends on a day that there is', () => {
    expect(off({ until: '2027-02-30' })).toEqual([
      `${at('until')} must be a day of the calendar, got "2027-02-30", correct it`,
    ]);
  });

  test.each(['ListenerIsEncrypted', 'TransmissionChecks-ListenerIsEncrypted', 'DataStoreIsClassified'])(
    'is named as findings name it: %s',
    (rule) => {
      expect(off({ rule })).toEqual([]);
    },
  );

  test.each([
    ['LogRetentionEnd', '"LogRetentionEnd", did you mean \'LogRetentionEnds\'?'],
    ['GdprChecks-LogRetentionEnd', '"GdprChecks-LogRetentionEnd", did you mean \'LogRetentionEnds\'?'],
    ['Nonsense', '"Nonsense", see \'secure-transmission rules\''],
    ['AwsSolutions-S1', '"AwsSolutions-S1", see \'secure-transmission rules\''],
  ])('is a rule of ours: %s', (rule, got) => {
    expect(off({ rule })).toEqual([`${at('rule')} must be the name of a rule of ours, got ${got}`]);
  });

  test.each([
    ['ResourceCanBeJudged', 'that something could not be judged'],
    ['WaiverIsCurrent', 'what is accepted'],
    ['WaiverIsNarrow', 'what is accepted'],
    ['AcknowledgementIsQualified', 'what is accepted'],
  ])('is not what says that nothing was looked at, or what is accepted: %s', (rule, what) => {
    expect(off({ rule })).toEqual([
      `${at('rule')} must be a rule that can be switched off, got "${rule}", which tells ${what}, remove it`,
    ]);
  });

  test('is off once', () => {
    const again = 'settings.json: \'switchedOff[1].rule\' repeats "LogRetentionEnds", keep one of the two';
    expect(off({}, OFF)).toEqual([again]);
    expect(off({}, { ...OFF, rule: 'GdprChecks-LogRetentionEnds' })).toEqual([again]);
    const both = ['GdprChecks', 'PciDss401Checks'].map((pack) => ({
      ...OFF,
      rule: `${pack}-LogRetentionEnds`,
    }));
    expect(mistakesIn({ switchedOff: both })).toEqual([]);
  });
});

describe('the profile legacy-clients', () => {
  const changed = (terms: object) =>
    mistakesIn({ profile: 'legacy-clients', legacyClients: { ...TERMS, ...terms } });

  test('holds with an owner, a second name, a reason, a control and an end', () => {
    expect(settingsOf({ profile: 'legacy-clients', legacyClients: TERMS }).legacyClients).toEqual(TERMS);
  });

  test('does not hold without terms', () => {
    expect(mistakesIn({ profile: 'legacy-clients' })).toEqual([
      "settings.json: 'legacyClients' is missing, the profile 'legacy-clients' holds only with owner, approvedBy, reason, compensatingControl and until, add them",
    ]);
  });

  test.each(Object.keys(TERMS))('does not hold without %s', (field) => {
    expect(changed({ [field]: undefined })[0]).toMatch(
      `settings.json: 'legacyClients.${field}' is missing, add `,
    );
  });

  test('holds on its last day, and is refused on the next', () => {
    expect(changed({ until: '2026-11-22' })).toEqual([]);
    expect(changed({ until: '2026-11-21' })).toEqual([
      "settings.json: 'legacyClients.until' must be a day that is not past, got 2026-11-21, use a profile that asks for TLS 1.2, or have it decided again",
    ]);
  });

  test('holds for a quarter at most', () => {
    expect(changed({ until: '2027-02-20' })).toEqual([]);
    expect(changed({ until: '2027-02-21' })[0]).toMatch("'legacyClients.until' must be 2027-02-20 or before");
  });

  test.each(['team-web', 'Team-Web', '@team-web'])(
    'is approved by somebody else than its owner: %s',
    (approvedBy) => {
      expect(changed({ approvedBy })).toEqual([
        "settings.json: 'legacyClients.approvedBy' must be somebody other than the owner, got the owner, name who else agreed",
      ]);
    },
  );

  test('alone has terms', () => {
    expect(mistakesIn({ profile: 'pci', legacyClients: TERMS })).toEqual([
      "settings.json: 'legacyClients' must be left out without the profile 'legacy-clients', remove it",
    ]);
  });
});
