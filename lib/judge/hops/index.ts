export * from './collect';
export * from './connector';
export * from './data-store';
export * from './engine-version';
export * from './fact';
export * from './hop-kinds';
export * from './observed';
export * from './parameter-group';
