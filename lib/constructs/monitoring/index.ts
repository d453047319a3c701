export type {
  ApprovedHeader,
  ApprovedList,
  ApprovedPage,
  ApprovedScript,
  ItemKind,
} from '../../live/payment-page/approved';
export { type HostPromise, promiseOfTlsPolicy } from '../../live/prober';
export { CertificateAudit, type CertificateAuditProps } from './certificate-audit';
export type { LookFromNetworkProps } from './look-from-network';
export { ApprovedPages } from './payment-page-approved';
export { PaymentPageMonitor, type PaymentPageMonitorProps } from './payment-page-monitor';
export { TlsProbe, type TlsProbeProps } from './tls-probe';
export type { TlsProbeAlarms } from './tls-probe-alarms';
export type { ProbedHost } from './tls-probe-hosts';
export { TransmissionMonitor } from './transmission-monitor';
export type { ApiMonitoring, MonitoredApi, MonitoredGuardedApi } from './transmission-monitor-apis';
export type { MonitoredMeasure } from './transmission-monitor-measure';
export type {
  CertificateMonitoring,
  DistributionMonitoring,
  TransmissionMonitorProps,
} from './transmission-monitor-props';
export type { LoadBalancerMonitoring, MonitoredLoadBalancer } from './transmission-monitor-subjects';
