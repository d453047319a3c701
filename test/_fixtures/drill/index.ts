export { type DrillReport, drill } from './drill';
export { AT_DEPLOYMENT } from './event-pattern';
export {
  type RecordedEntry,
  type RecordedEvent,
  type RecordedMetric,
  type Recordings,
  recordings,
} from './recording';
export type { Drilled } from './template';
