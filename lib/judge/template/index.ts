export * from './app';
export * from './cursor';
export * from './rendered-app';
export { type Tags, tagsOf, tagsPlace } from './tags';
export * from './value';
export {
  type Choice,
  type Exploration,
  explore,
  exploreEach,
  inFirstWorld,
  MOST_WORLDS,
  Several,
  World,
} from './world';
