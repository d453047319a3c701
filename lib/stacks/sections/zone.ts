import type { Schema } from '../../core/schema';
import { flag, ZONE_NAME } from './values';

/** Where the names live. */
export const zone: Schema = {
  type: 'object',
  description: 'a hosted zone of Route 53, with zoneName and hostedZoneId',
  additionalProperties: false,
  required: ['zoneName', 'hostedZoneId'],
  properties: {
    zoneName: {
      type: 'string',
      title: 'the domain of the zone, in which validation records are written',
      description: 'the domain name of the zone, in lower case and without a dot at the end',
      pattern: ZONE_NAME,
      maxLength: 253,
      examples: ['example.com'],
    },
    hostedZoneId: {
      type: 'string',
      title: 'taken at its word: nobody looks it up',
      description: 'the id of the zone: Z and capital letters or digits',
      pattern: '^Z[A-Z0-9]{3,31}$',
      examples: ['Z0123456789ABCDEFGHIJ'],
    },
    caa: {
      type: 'object',
      title:
        'a CAA record at the top of the zone: nobody but Amazon issues certificates; the deployment fails where one exists',
      description: 'an object, empty or with violationReports',
      additionalProperties: false,
      properties: {
        violationReports: {
          type: 'array',
          title: 'where certificate authorities report requests that they refused',
          description: 'a list of at most 10 mailto: or https: addresses',
          maxItems: 10,
          uniqueItems: true,
          items: {
            type: 'string',
            description: 'a mailto: or https: address of at most 254 characters',
            pattern:
              '^(mailto:[^\\s"\\\\;@]+@[^\\s"\\\\;@]+\\.[^\\s"\\\\;@]+|https://[^\\s"\\\\;/]+\\.[^\\s"\\\\;]+)$',
            maxLength: 254,
            examples: ['mailto:security@example.com'],
          },
          examples: [['mailto:security@example.com']],
        },
      },
    },
    dnssec: flag('the zone is signed; its DS record must be entered at the registrar by hand', false),
  },
};
