export * from './collect';
export * from './connector';
export * from './fact';
export * from './hop-kinds';
export * from './observed';
