export type { Reach } from './address-guard';
export { hstsText } from './drift';
export { measuredHosts, PROBE_METRICS } from './metrics';
export { type ProbeOptions, type ProbeRequest, probeHost, probeHosts } from './probe';
export { type HostPromise, promiseOfTlsPolicy } from './promise';
export type { SuitesTold, VersionTold } from './protocols';
export type { CertificateReport, HostReport, ProbeFinding, WebReport } from './report';
export { type ProbeTarget, parseTarget, targetName } from './target';
export type { Verdict } from './verdict';
