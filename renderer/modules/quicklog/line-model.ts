import type { UnderstoodLine } from '../../../shared/domain/log-line.ts'
import { noAnswerOutcome, saysOnly } from '../../../shared/domain/log-line-outcome.ts'
import { namesPerson } from '../../../shared/domain/log-line-who.ts'
import { type Mentionable, mentionsIn } from '../../../shared/domain/mentions.ts'
import { ruleText } from '../../../shared/domain/recurrence.ts'
import { looseKey, sortKey } from '../../../shared/domain/sort-key.ts'
import type { Inputs, Outputs } from '../../api/client.ts'
import type { Choice } from '../../ui/option-search.ts'
import {
  canSave,
  EMPTY_LOG,
  isEmptyNext,
  isYetToCome,
  type LogForm,
  logInput,
  type NextForm,
  type NextKind,
  ofKind,
  taskFieldsOf,
} from '../activities/log-model.ts'

export type People = Outputs['search']['people'][number]
export type Customer = People['customers'][number]

/** Who was chosen for a name of the line; null: nobody. `rest`: words that were no part of the name after all. */
export type Chosen = { party: Choice | null; rest: string }

/** What was corrected by hand; it stays while the line is written on. */
export type Fixes = Partial<
  Pick<LogForm, 'kind' | 'direction' | 'channel' | 'outcome' | 'minutes' | 'when' | 'body' | 'next'>
> & { happened?: boolean; who?: readonly Choice[] }

/** A line as it is being written; plain data, kept as a draft. */
export interface Line {
  text: string
  /** The customer on whose page it was begun, or the lead; undefined until a letter is written. */
  party?: Choice | null
  lead?: Choice | null
  fixes: Fixes
  /** By the name as it stands in the line. */
  chosen: Readonly<Record<string, Chosen>>
}
/** Whom a line is about that names nobody: by the page it is begun on, a customer or a lead. */
export type Preset = { party: Choice | null; lead: Choice | null }
export const NOBODY: Preset = { party: null, lead: null }
export const EMPTY_LINE: Line = { text: '', fixes: {}, chosen: {} }

/** A name of the line, and whom it means. */
export type Whom =
  | { name: string; state: 'known'; party: Choice }
  | { name: string; state: 'nobody' | 'searching' }
  | { name: string; state: 'open'; people: People }

/** What a line comes to: how it is understood, with what was corrected. */
export interface Entry {
  happened: boolean
  form: LogForm
  whoms: readonly Whom[]
  parties: readonly Choice[]
  /** It is about this lead, who is no customer yet, and about nobody else. */
  lead: Choice | null
}

export const choiceOf = ({ id, name, city }: Customer): Choice => ({ id, label: name, description: city ?? undefined })

export function readLine(
  line: Line,
  read: UnderstoodLine,
  found: readonly People[] | undefined,
  outcomes: readonly Choice[],
  preset: Preset,
  colleagues: readonly Mentionable[] = [],
): Entry {
  const { fixes } = line
  const happened = fixes.happened ?? read.happened
  const { party: own, lead } = line.party === undefined ? preset : { party: line.party, lead: line.lead ?? null }
  const whoms = (fixes.who ? [] : whomsOf(line, read, found, own)).filter(({ name }) => !lead || !isNameOf(lead, name))
  const named = whoms.flatMap((whom) => (whom.state === 'known' ? [whom.party] : []))
  const parties = fixes.who ?? (whoms.length > 0 ? named : own ? [own] : [])
  const outcome = read.noAnswer ? noAnswerOutcome(line.text, outcomes) : null
  const body = outcome && saysOnly(read.body, outcome.label) ? '' : read.body
  const said: LogForm = {
    ...EMPTY_LOG,
    ...read.activity,
    outcome,
    when: read.at,
    body: withRest(line, read.who, found, body),
    next: nextOf(read, colleagues),
  }
  const { happened: _, who: __, ...values } = fixes
  const form = { ...said, ...values }
  const plan: NextForm = form.next ?? { kind: read.undated ?? 'todo', title: line.text.trim(), when: null }
  return {
    happened,
    form: { ...ofKind(form, form.kind), next: happened ? form.next : plan },
    whoms,
    lead: whoms.length === 0 && parties.length === 0 && !fixes.who ? lead : null,
    // A task is about one customer.
    parties: dedupe(happened ? parties : parties.slice(0, 1)),
  }
}

/** «تماس با کریمی» on the lead رضا کریمی. */
const isNameOf = ({ label }: { label: string }, name: string) => ` ${nameKey(label)} `.includes(` ${nameKey(name)} `)
const nameKey = (name: string) => looseKey(sortKey(name))

const dedupe = (parties: readonly Choice[]) =>
  parties.filter((party, i) => parties.findIndex(({ id }) => id === party.id) === i)

/** A colleague named with @ in what is to be done has it to do: «@مریم فردا به رضایی زنگ بزند». */
function nextOf({ followUp }: UnderstoodLine, colleagues: readonly Mentionable[]): NextForm | null {
  if (!followUp) return null
  const { kind, title, day, minute, rule } = followUp
  const named = mentionsIn(title, colleagues)[0]
  const owner = colleagues.find(({ id }) => id === named?.user_id)
  const rest = named ? `${title.slice(0, named.start)} ${title.slice(named.end)}`.replace(/\s+/g, ' ').trim() : title
  return {
    ...{ kind, title: rest || title, when: { day, minute } },
    ...(rule && { rule: ruleText(rule) }),
    ...(owner && { owner: { id: owner.id, label: owner.name } }),
  }
}

/**
 * Words that were taken for a name go back to where they were read from, the beginning of what was said: those behind a name, and a name that
 * is nobody's when somebody else was chosen by hand («همسر رضایی»).
 */
function withRest(
  { chosen, fixes }: Line,
  names: readonly string[],
  found: readonly People[] | undefined,
  body: string,
): string {
  const rest = names.map((name) => {
    if (body.includes(name)) return ''
    if (chosen[name]) return chosen[name].rest
    return fixes.who && found?.some((one) => one.name === name && one.customers.length === 0) ? name : ''
  })
  return [...rest.filter(Boolean), body].filter(Boolean).join(rest.some(Boolean) && body ? separator(body) : ' ')
}

const separator = (text: string) => (/[\u0600-\u06ff]/.test(text) ? '، ' : ', ')

function whomsOf(line: Line, read: UnderstoodLine, found: readonly People[] | undefined, own: Choice | null): Whom[] {
  // A task is about one customer, whoever else is named in it.
  const most = (line.fixes.happened ?? read.happened) ? Number.POSITIVE_INFINITY : 1
  const perhaps = read.perhaps.filter((name) => {
    const people = found?.find((one) => one.name === name)
    // Any other word behind «از» that some business is called by means nobody where it is said whose line it is.
    return people && (namesPerson(name) ? people.customers.length > 0 : people.clear !== null && !own)
  })
  // On the page of a customer a line is about that one, whoever else it speaks of.
  const named = own ? [] : read.named.filter((name) => found?.some((one) => one.name === name && one.clear !== null))
  return [...read.who, ...perhaps, ...named].slice(0, most).map((name): Whom => {
    const chosen = line.chosen[name]
    if (chosen) return chosen.party ? { name, state: 'known', party: chosen.party } : { name, state: 'nobody' }
    const people = found?.find((one) => one.name === name)
    if (!people) return { name, state: 'searching' }
    const isOwn = own !== null && !people.rest && people.customers.some(({ id }) => id === own.id)
    const sure = people.customers.find(({ id }) => id === (isOwn ? own.id : people.clear))
    return sure ? { name, state: 'known', party: choiceOf(sure) } : { name, state: 'open', people }
  })
}

export type Problem = 'nothing' | 'which' | 'who' | 'words' | 'when' | 'day' | 'next'

/** Why an entry cannot be saved yet; null when it can. */
export function problemOf({ text, fixes }: Line, entry: Entry, isWhenBad: boolean, now: number): Problem | null {
  const { happened, form, whoms, parties, lead } = entry
  if (text.trim() === '') return 'nothing'
  if (whoms.some(({ state }) => state === 'open' || state === 'searching')) return 'which'
  if (isWhenBad || (happened && isYetToCome(form.when, now))) return 'when'
  // Whoever made it a plan by hand has seen that it has no day.
  if (!happened) return form.next?.when || fixes.next || fixes.happened === false ? null : 'day'
  if (parties.length === 0 && !lead) return 'who'
  if (isEmptyNext(form.next)) return 'next'
  return canSave(form, true) ? null : 'words'
}

/** The call of the engine. @param named title of a follow-up without one */
export function inputOf({ form, parties }: Entry, now: number, named: (kind: NextKind) => string) {
  const [first, ...others] = parties
  return logInput({ ...form, others }, first?.id ?? '', now, named)
}

/**
 * The call of the engine for a lead, who has no timeline: what was said becomes a line of what they want, and a task says whom it is about.
 * @param words of what was done («تماس»), if that was anything but a note
 */
export function leadInputOf(
  entry: Entry,
  lead: Choice,
  text: string,
  said: { day: string; what: string | null; titled: (title: string) => string },
): Inputs['leads']['log'] {
  const { happened, form } = entry
  const words = [said.what, form.outcome?.label, form.body.trim()].filter(Boolean).join('، ')
  const task = taskOf(entry, text)
  const title = isNameOf({ label: task.title }, lead.label) ? task.title : said.titled(task.title)
  return {
    id: lead.id,
    words: happened ? `${said.day}: ${words}` : null,
    ...(form.next && { followUp: { ...task, title: title.slice(0, 500) } }),
  }
}

/** A line that only says what is to be done. */
export function taskOf({ form: { next }, parties }: Entry, text: string): Inputs['tasks']['add'] {
  return {
    kind: next?.kind ?? 'todo',
    title: (next?.title.trim() || text.trim()).slice(0, 500),
    due_date: next?.when?.day ?? null,
    due_minute: next?.when?.minute ?? null,
    party_id: parties[0]?.id ?? null,
    ...(next && taskFieldsOf(next)),
  }
}
