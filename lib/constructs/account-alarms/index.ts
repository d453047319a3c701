export { AccountAlarms, type AccountAlarmsProps } from './account-alarms';
