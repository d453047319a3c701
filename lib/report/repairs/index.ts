export { REPAIR_ROWS, Repairs } from './repair-of';
