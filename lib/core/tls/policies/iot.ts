import { COMMERCIAL, COMMERCIAL_AND_CHINA, COMMERCIAL_AND_GOVCLOUD, table } from './row';

const SOURCE = 'AWS docs, IoT Core "transport-security" and "iot-endpoints-tls-config"';

/**
 * IoT Core domain configurations. The first digits of a name are the newest version; the second pair promises a
 * floor that the service has since raised: IoT Core accepts nothing below TLS 1.2 under any name.
 *
 * Wherever TLS 1.2 is offered, RSA key transport and CBC are too.
 */
export const IOT = [
  ...table('iot', { partitions: COMMERCIAL_AND_GOVCLOUD, source: SOURCE }, [
    ['IoTSecurityPolicy_TLS13_1_3_2022_10', '1.3', '1.3', 'fs'],
    ['IoTSecurityPolicy_TLS13_1_2_2022_10', '1.2', '1.3', 'cbc', 'default'],
    ['IoTSecurityPolicy_TLS12_1_2_2022_10', '1.2', '1.2', 'cbc'],
  ]),
  ...table('iot', { partitions: ['aws-us-gov'], source: SOURCE, defaultFor: ['aws-us-gov'] }, [
    ['IoTSecurityPolicy_TLS13_1_2_2022_01', '1.2', '1.3', 'cbc'],
  ]),
  ...table('iot', { partitions: COMMERCIAL_AND_CHINA, source: SOURCE }, [
    ['IoTSecurityPolicy_TLS12_1_0_2016_01', '1.2', '1.2', 'cbc'],
  ]),
  ...table('iot', { partitions: COMMERCIAL, source: SOURCE }, [
    ['IoTSecurityPolicy_TLS12_1_0_2015_01', '1.2', '1.2', 'cbc'],
  ]),
];
