import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { isTransmissionError } from '../../../lib/core/errors';
import { PROFILE_NAMES, parseSettings } from '../../../lib/judge/profiles';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';
import { mistakesIn, NOW, OFF, settingsOf, TERMS } from './support';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../../schemas/check-configuration.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

describe('settings', () => {
  test('are the defaults where nothing is given', () => {
    expect(settingsOf({})).toEqual({
      profile: undefined,
      legacyClients: undefined,
      parameters: DEFAULT_RULE_PARAMETERS,
      switchedOff: [],
      rulesAsOf: undefined,
    });
  });

  test('that are left out by undefined are left out', () => {
    const parameters = { keyRotationDays: undefined };
    expect(settingsOf({ profile: undefined, parameters, switchedOff: undefined })).toEqual(settingsOf({}));
  });

  test('ask nobody for the time where nothing ends', () => {
    const now = () => {
      throw new Error('no clock');
    };
    expect(parseSettings({ profile: 'both' }, { where: 'x', now }).profile).toBe('both');
  });

  test('keep what is given, and fill in the rest', () => {
    const { parameters, ...rest } = settingsOf({
      profile: 'both',
      rulesAsOf: '0.1',
      switchedOff: [{ ...OFF, rule: 'GdprChecks::GdprChecks-LogRetentionEnds' }],
      parameters: { keyRotationDays: 90, allowedRegions: ['eu-central-1'] },
    });
    expect(parameters).toEqual({
      ...DEFAULT_RULE_PARAMETERS,
      keyRotationDays: 90,
      allowedRegions: ['eu-central-1'],
    });
    const { rule: _, ...off } = OFF;
    expect(rest).toMatchObject({
      profile: 'both',
      rulesAsOf: '0.1',
      switchedOff: [{ ...off, pack: 'GdprChecks', id: 'LogRetentionEnds' }],
    });
  });

  test('take the parameters of a profile, behind those that are given', () => {
    const { maskedIdentifiers } = settingsOf({ profile: 'public-site' }).parameters;
    expect(maskedIdentifiers).toEqual([...DEFAULT_RULE_PARAMETERS.maskedIdentifiers, 'IpAddress']);
    const parameters = { maskedIdentifiers: ['Name'] };
    expect(settingsOf({ profile: 'public-site', parameters }).parameters.maskedIdentifiers).toEqual(['Name']);
  });

  test('change the lists of transfers', () => {
    const parameters = {
      transferLists: { reviewed: '2026-11-20', regions: { 'xx-north-1': 'DE' } },
      allowedRegions: ['xx-north-1'],
    };
    expect(settingsOf({ parameters }).parameters.transferLists.regions['xx-north-1']).toBe('DE');
  });
});

describe('one mistake is one line', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'it must be an object of settings, got a list, correct it'],
    [
      'another key',
      { profil: 'pci' },
      '"profil" is not a setting, did you mean \'profile\'?, use only profile, legacyClients, parameters, switchedOff, rulesAsOf',
    ],
    [
      'another profile',
      { profile: 'public-sit' },
      `'profile' must be one of ${PROFILE_NAMES.join(', ')}, got "public-sit", did you mean 'public-site'?`,
    ],
    [
      'a cryptoperiod that is longer than a year',
      { parameters: { keyRotationDays: 366 } },
      "'parameters.keyRotationDays' must be a whole number of days from 90 to 365, got 366, correct it",
    ],
    [
      'half a day',
      { parameters: { secretRotationDays: 0.5 } },
      "'parameters.secretRotationDays' must be a whole number of days from 1 to 90, got 0.5, correct it",
    ],
    [
      'days as text',
      { parameters: { assessmentDays: '365' } },
      '\'parameters.assessmentDays\' must be a whole number of days from 30 to 365, got "365", correct it',
    ],
    [
      'no region',
      { parameters: { allowedRegions: [] } },
      "'parameters.allowedRegions' must be a list of 1 to 50 regions, got 0 entries, correct it",
    ],
    [
      'a region twice',
      { parameters: { allowedRegions: ['eu-west-1', 'eu-west-1'] } },
      '\'parameters.allowedRegions[1]\' repeats "eu-west-1", remove it',
    ],
    [
      'a region that is mistyped',
      { parameters: { allowedRegions: ['eu-west-1', 'eu-centrl-1'] } },
      "'parameters.allowedRegions[1]' must be a region that is known, got \"eu-centrl-1\", did you mean 'eu-central-1'?",
    ],
    [
      'a region that nobody knows',
      { parameters: { allowedRegions: ['moon-farside-1'] } },
      "'parameters.allowedRegions[0]' must be a region that is known, got \"moon-farside-1\", add it with its country to 'parameters.transferLists.regions' if AWS has it",
    ],
    [
      'an unresolved region',
      { parameters: { allowedRegions: ['${Token[AWS.Region.4]}'] } },
      '\'parameters.allowedRegions[0]\' must be a region as AWS spells it, such as "eu-central-1", got "${Token[AWS.Region.4]}", correct it',
    ],
    [
      'retention that begins after it ends',
      { parameters: { logRetentionLeastDays: 3653 } },
      "'parameters.logRetentionMostDays' must leave days that CloudWatch Logs can keep entries for and that 'parameters.logRetentionLeastDays' allows (3653 or more), got 400, make it no less than that",
    ],
    [
      'retention that no log group can have',
      { parameters: { logRetentionLeastDays: 410, logRetentionMostDays: 500 } },
      "'parameters.logRetentionMostDays' must leave days that CloudWatch Logs can keep entries for and that 'parameters.logRetentionLeastDays' allows (410 or more), got 500, make it 545 or more",
    ],
    [
      'a recipient without an agreement',
      { parameters: { recipients: [{ name: 'Parcels' }] } },
      "'parameters.recipients[0].agreement' is missing, add where the contract is to be found, in 2 to 300 characters",
    ],
    [
      'a recipient twice',
      {
        parameters: {
          recipients: [
            { name: 'Parcels', agreement: 'DPA-1' },
            { name: 'parcels', agreement: 'DPA-2' },
          ],
        },
      },
      '\'parameters.recipients[1].name\' repeats "parcels", put both into one',
    ],
    [
      'a country that loses what it never had',
      { parameters: { transferLists: { reviewed: '2026-11-20', repeal: ['XX'] } } },
      "'parameters.transferLists': 'repeal' must name a country that has a decision, got \"XX\", correct it",
    ],
    [
      'a version to come',
      { rulesAsOf: '99.0.0' },
      '\'rulesAsOf\' must be 0.1.0, which this is, or older, got "99.0.0", correct it',
    ],
    [
      'a version before there were rules, as of which no finding were an error',
      { rulesAsOf: '0.0.9' },
      '\'rulesAsOf\' must be 0.1.0, the first version, or newer, got "0.0.9", correct it',
    ],
    [
      'a version that is none',
      { rulesAsOf: 'latest' },
      '\'rulesAsOf\' must be a version of this package, such as 0.1.0, got "latest", correct it',
    ],
  ])('%s', (_, given, message) => {
    expect(mistakesIn(given)).toEqual([`settings.json: ${message}`]);
  });

  test('all mistakes are told at once, each with its place', () => {
    const given = { profile: 'x', parameters: { keyRotationDays: 1, assessmentDays: 1 } };
    const mistakes = mistakesIn(given);
    expect(mistakes).toHaveLength(3);
    for (const mistake of mistakes) expect(mistake).toMatch(/^settings\.json: '/);
  });

  test('a mistake is a configuration that is wrong, unless somebody says otherwise', () => {
    const codeOf = (code?: 'InvalidProperty') => {
      try {
        parseSettings(
          { profile: 1 },
          { where: 'x', now: () => NOW, ...(code === undefined ? {} : { code }) },
        );
      } catch (error) {
        return isTransmissionError(error) ? error.code : undefined;
      }
      return undefined;
    };
    expect([codeOf(), codeOf('InvalidProperty')]).toEqual(['InvalidConfiguration', 'InvalidProperty']);
  });

  test('whatever is given, it is read or refused, and never fails otherwise', () => {
    const key = fc.constantFrom('profile', 'parameters', 'switchedOff', 'rulesAsOf', 'legacyClients', 'x');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (given) => {
        try {
          settingsOf(given);
        } catch (error) {
          expect(isTransmissionError(error)).toBe(true);
        }
      }),
    );
  });
});

describe('the published schema', () => {
  test.each<[string, object]>([
    ['nothing', {}],
    ['a profile', { profile: 'public-site' }],
    ['terms', { profile: 'legacy-clients', legacyClients: TERMS }],
    ['a rule that is off', { switchedOff: [OFF] }],
    ['a version', { rulesAsOf: '0.1.0' }],
    ['parameters', { parameters: { keyRotationDays: 90, allowedRegions: ['eu-west-1'], recipients: [] } }],
  ])('takes what the reader takes: %s', (_, given) => {
    expect([validate(given), mistakesIn(given)]).toEqual([true, []]);
  });

  test.each<[string, object]>([
    ['another profile', { profile: 'strict' }],
    [
      'terms without an approver',
      { profile: 'legacy-clients', legacyClients: { ...TERMS, approvedBy: undefined } },
    ],
    ['a rule that is off without an owner', { switchedOff: [{ ...OFF, owner: undefined }] }],
    ['a rule that is off without an end', { switchedOff: [{ ...OFF, until: undefined }] }],
    ['a reason of one word', { switchedOff: [{ ...OFF, reason: 'x'.repeat(30) }] }],
    ['an owner of spaces', { switchedOff: [{ ...OFF, owner: '   ' }] }],
    ['a reason with something hidden', { switchedOff: [{ ...OFF, reason: `${OFF.reason}\u202e hidden` }] }],
    ['a parameter of another name', { parameters: { keyDays: 90 } }],
    ['a period out of bounds', { parameters: { keyRotationDays: 2560 } }],
    [
      'an account as a number',
      { parameters: { recipients: [{ name: 'ab', agreement: 'cd', accounts: [1] }] } },
    ],
    [
      'a host with a path',
      { parameters: { recipients: [{ name: 'ab', agreement: 'cd', hosts: ['a.b/c'] }] } },
    ],
  ])('refuses what the reader refuses: %s', (_, given) => {
    expect(validate(JSON.parse(JSON.stringify(given)))).toBe(false);
    expect(mistakesIn(given)).toHaveLength(1);
  });
});
