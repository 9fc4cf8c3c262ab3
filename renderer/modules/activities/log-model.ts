import type { Activity } from '../../../shared/contract/activities.ts'
import {
  type ActivityKind,
  type Channel,
  DIRECTIONS_OF,
  type Direction,
  fitting,
} from '../../../shared/domain/activity.ts'
import { instantOf, whenOf } from '../../../shared/domain/instants.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import type { Inputs } from '../../api/client.ts'
import type { Choice } from '../../ui/option-search.ts'

export type NextKind = 'todo' | 'call' | 'meeting' | 'visit' | 'message'
export const NEXT_KINDS: readonly NextKind[] = ['call', 'visit', 'meeting', 'message', 'todo']

/** What comes next, as it is being typed. `rule`: the stored text of how it comes again. `owner`: a colleague whose task it is; else of who writes. */
export type NextForm = {
  kind: NextKind
  title: string
  when: When | null
  rule?: string | null
  owner?: { id: string; label: string } | null
}

/** What happened, as it is being typed; plain data, kept as a draft. */
export type LogForm = {
  kind: ActivityKind
  body: string
  direction: Direction | null
  channel: Channel | null
  outcome: { id: string; label: string } | null
  minutes: number | null
  /** null: now. */
  when: When | null
  /** Who was there besides the customer. */
  others: readonly Choice[]
  next: NextForm | null
}

export const EMPTY_LOG: LogForm = {
  kind: 'note',
  body: '',
  direction: null,
  channel: null,
  outcome: null,
  minutes: null,
  when: null,
  others: [],
  next: null,
}

/** The same form for another kind: what the new kind does not have is forgotten. */
export function ofKind(form: LogForm, kind: ActivityKind): LogForm {
  return { ...form, kind, ...fitting(kind, form) }
}

/** A call or a visit says something without a word; a note does not. */
export function canSave(form: LogForm, hasTouched: boolean): boolean {
  return form.body.trim() !== '' || (form.kind !== 'note' && hasTouched)
}

export const isEmptyLog = (form: LogForm): boolean =>
  form.kind === 'note' && form.body.trim() === '' && form.next === null && form.others.length === 0

/** Epoch ms; a day without a time is noon, and today is now. undefined: now. */
export function atOf(when: When | null, now: number): number | undefined {
  if (when === null) return undefined
  if (when.minute !== null) return instantOf(when.day, when.minute)
  return when.day === whenOf(now).day ? undefined : instantOf(when.day, 12 * 60)
}

/** What has not happened yet is not written down as if it had. */
export const isYetToCome = (when: When | null, now: number): boolean => (atOf(when, now) ?? now) > now + 5 * 60_000

function fieldsOf(form: LogForm, partyIds: string[]) {
  return {
    kind: form.kind,
    body: form.body.trim(),
    outcome_id: form.kind === 'note' ? null : (form.outcome?.id ?? null),
    ...fitting(form.kind, form),
    party_ids: partyIds,
  }
}

/** A next step of which nothing was said. */
export const isEmptyNext = (next: NextForm | null): boolean =>
  next !== null && !next.title.trim() && !next.when && !next.rule

/** What a next step has besides its words and day. */
export const taskFieldsOf = ({ rule, owner }: NextForm) => ({
  ...(rule && { rule }),
  ...(owner && { owner_id: owner.id }),
})

/** The call of the engine. @param named title of a follow-up without one */
export function logInput(
  form: LogForm,
  partyId: string,
  now: number,
  named: (kind: NextKind) => string,
): Inputs['activities']['log'] {
  const at = atOf(form.when, now)
  const { next } = form
  return {
    activity: { ...fieldsOf(form, [partyId, ...form.others.map((o) => o.id)]), ...(at !== undefined && { at }) },
    ...(next && {
      followUp: {
        kind: next.kind,
        title: next.title.trim() || named(next.kind),
        due_date: next.when?.day ?? null,
        due_minute: next.when?.minute ?? null,
        ...taskFieldsOf(next),
      },
    }),
  }
}

/** An activity as it is edited. @param partyId whose timeline it stands on */
export function formOf(activity: Activity, partyId: string): LogForm {
  const { kind, body, direction, channel, outcome, minutes, at, parties } = activity
  return {
    ...EMPTY_LOG,
    ...{ kind, body, direction, channel, minutes },
    outcome: outcome && { id: outcome.id, label: outcome.name },
    when: whenOf(at),
    others: parties.filter((p) => p.id !== partyId).map((p) => ({ id: p.id, label: p.name })),
  }
}

/** Only what was changed, so that what another window changed meanwhile stays; null when nothing was. */
export function changesOf(
  before: LogForm,
  form: LogForm,
  activity: Activity,
  now: number,
): Omit<Inputs['activities']['update'], 'id'> | null {
  const own = activity.parties.filter((p) => !before.others.some((o) => o.id === p.id)).map((p) => p.id)
  const ids = (f: LogForm) => [...own, ...f.others.map((o) => o.id)]
  const was: Record<string, unknown> = fieldsOf(before, ids(before))
  const is: Record<string, unknown> = fieldsOf(form, ids(form))
  const changed = Object.keys(is).filter((key) => JSON.stringify(is[key]) !== JSON.stringify(was[key]))
  const moved = JSON.stringify(form.when) !== JSON.stringify(before.when)
  if (changed.length === 0 && !moved) return null
  return {
    ...Object.fromEntries(changed.map((key) => [key, is[key]])),
    ...(moved && { at: atOf(form.when, now) ?? now }),
  }
}

/** The direction a kind begins with. */
export const usualDirection = (kind: ActivityKind): Direction | null => DIRECTIONS_OF[kind][0] ?? null
