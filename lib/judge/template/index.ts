export * from './app';
export * from './cursor';
export * from './rendered-app';
export * from './value';
export { type Choice, type Exploration, explore, MOST_WORLDS, World } from './world';
