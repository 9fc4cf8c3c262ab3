import { dayOf, type IsoDay } from '../../../shared/domain/jalali.ts'
import { can, type Role } from '../../../shared/domain/roles.ts'
import type { Undoable } from '../../api/command.ts'
import type { Entry } from './use-history.ts'

/** First parts of verbs that a person may ask for by name. */
export const KINDS = [
  'customers',
  'activities',
  'tasks',
  'leads',
  'calendar',
  'imports',
  'segments',
  'settings',
  'users',
  'setup',
  'history',
] as const
export type Kind = (typeof KINDS)[number]

/** Entries under the day they belong to, in the order they came. */
export function byDay(entries: readonly Entry[]): Array<{ day: IsoDay; entries: Entry[] }> {
  const days: Array<{ day: IsoDay; entries: Entry[] }> = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

/** A chunk of a batch means the whole batch, to look at and to undo. */
export const targetOf = (entry: Entry): Undoable =>
  entry.batch === null ? { change: entry.change } : { batch: entry.batch }

/** Setting up and taking the sample out cannot be undone; the engine refuses it too. */
/** Verbs that change what only the owner may: the engine refuses to take them back for anybody else. */
const OWNERS = /^(users|settings|lists|calendar|imports|setup)\./

export const canUndo = (entry: Entry, role: Role | null) =>
  !entry.undone &&
  !(entry.batch === null && /^(setup\.|recovery\.salvage$)/.test(entry.verb)) &&
  (can(role, 'owner.only') || (entry.batch === null && !OWNERS.test(entry.verb)))
