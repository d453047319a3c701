import { keepLongTraces } from './stack-traces';

export { JudgingPack, type JudgingPackProps } from './judging-pack';
export { TransmissionChecks, type TransmissionChecksProps } from './transmission-checks';

keepLongTraces();
