export * from './app';
export * from './cursor';
export * from './rendered-app';
export { type Tags, tagsOf, tagsPlace } from './tags';
export * from './value';
export { type Choice, type Exploration, explore, inFirstWorld, MOST_WORLDS, World } from './world';
