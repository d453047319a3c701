import { CONFLICTS, type ConflictId, type Ruling, type Situation } from './conflicts';

export {
  CONFLICTS,
  type Conflict,
  type ConflictId,
  ERASURE_KEYS,
  LONGEST_HISTORY,
  type Ruling,
  SHORTEST_HISTORY,
  type Situation,
} from './conflicts';

/** Decides what becomes of the requirement that asks for more. One place decides for every rule. */
export function arbitrate(conflict: ConflictId, situation: Situation): Ruling {
  const decisive = CONFLICTS[conflict].cases.find(({ when }) => when(situation));
  if (decisive === undefined) return { conflict, ruling: 'stands', because: 'nothing stands against it' };
  const { ruling, bounds, because } = decisive;
  return { conflict, ruling, ...bounds?.(situation), because };
}
