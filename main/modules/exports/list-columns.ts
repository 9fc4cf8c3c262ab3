import type { ListColumn } from '../../../shared/contract/exports.ts'
import { toLatinDigits, toPersianDigits } from '../../../shared/domain/persian-text.ts'
import { formatPhone } from '../../../shared/domain/phone.ts'
import type { Cell, Column } from './cells.ts'
import { birthIso, birthJalali, Dates } from './dates.ts'
import { type ListFacts, typeOf } from './list-facts.ts'
import type { Channel, Link, Person } from './list-records.ts'
import type { Language, Words } from './texts.ts'

export interface PersonColumn extends Column {
  value(person: Person): Cell
}

export interface ListOptions {
  language: Language
  words: Words
  facts: ListFacts
  /** What amounts are shown in. */
  unit: 'toman' | 'rial'
  private: boolean
}

/** Numbers of one type in columns of their own; from here on they share the last one. */
const MOST_COLUMNS = 3
/** Parts values that share a cell: nobody types it, and the import knows it. */
export const BETWEEN = ' ::: '

/** Columns of everything known of a customer (`chosen` null), or those of the list on the screen. Empty ones are left out. */
export function columnsOf(chosen: readonly ListColumn[] | null, options: ListOptions): PersonColumn[] {
  const make = columnMaker(options)
  return chosen ? chosen.flatMap((id) => make.shown[id]()) : make.all()
}

function columnMaker({ language, words, facts, unit, private: isPrivate }: ListOptions) {
  const dates = new Dates()
  const head = (id: string, values?: Record<string, string | number>) => words(`exports:column.${id}`, values)
  const nth = (name: string, n: number) =>
    n === 0 ? name : `${name} ${language === 'fa' ? toPersianDigits(String(n + 1)) : n + 1}`
  const text = (header: string, width: number, value: PersonColumn['value']): PersonColumn => {
    return { header, kind: 'text', width, value }
  }
  const field = (id: keyof Person & string, width = 16) =>
    facts.filled.has(id) ? [text(head(id), width, (p) => p[id] as string | null)] : []
  const list = (values: readonly string[]) => joinedList(values, language)

  const credit = (): PersonColumn => ({
    header: head('credit_limit', { unit: head(`unit.${unit}`) }),
    kind: 'number',
    width: 18,
    value: (p) => (p.credit_limit === null ? null : unit === 'toman' ? p.credit_limit / 10 : p.credit_limit),
  })
  const birthday = () => [
    text(head('birthday'), 13, (p) => birthJalali(p, language)),
    text(head('birthday_iso'), 13, (p) => birthIso(p)),
  ]
  const instant = (id: 'created' | 'updated') => {
    const at = (p: Person) => dates.instant(p[`${id}_at`])
    return [text(head(id), 17, (p) => at(p).jalali), text(head(`${id}_iso`), 26, (p) => at(p).iso)]
  }
  const lastContact = () => {
    const at = (p: Person) => (p.last_contact === null ? null : dates.instant(p.last_contact))
    return [
      text(head('last_contact'), 17, (p) => at(p)?.jalali ?? null),
      text(head('last_contact_iso'), 26, (p) => at(p)?.iso ?? null),
    ]
  }
  const nextContact = () => {
    const day = (p: Person) => (p.next_contact === null ? null : dates.day(p.next_contact))
    return [
      text(head('next_contact'), 13, (p) => day(p)?.jalali ?? null),
      text(head('next_contact_iso'), 13, (p) => day(p)?.iso ?? null),
    ]
  }
  const work = () => [
    text(head('works_at'), 22, (p) => workplace(p)?.name ?? null),
    text(head('job'), 16, (p) => workplace(p)?.role ?? null),
  ]
  const roles = () => text(head('roles'), 14, (p) => list(p.roles.map((role) => words(`customers:role.${role}`))))
  const tags = () => text(head('tags'), 20, (p) => list(p.tags))
  const groups = () => text(head('groups'), 20, (p) => list(p.groups))
  const source = () => text(head('source'), 16, (p) => p.source)
  const owner = () => text(head('owner'), 16, (p) => p.owner)

  /** Columns of one kind and type of channel. */
  const channels = ({ kind, type, most }: ListFacts['channels'][number]) => {
    const count = Math.min(most, MOST_COLUMNS)
    return Array.from({ length: count }, (_, n) =>
      text(nth(head(`${kind}.${type}`), n), kind === 'phone' ? 16 : 26, (p) => {
        const own = p.channels.filter((c) => c.kind === kind && typeOf(kind, c.type) === type).map(channelText)
        const here = n === MOST_COLUMNS - 1 ? own.slice(n) : own.slice(n, n + 1)
        return (kind === 'link' ? list(here) : here.join(BETWEEN)) || null
      }),
    )
  }
  const addresses = () =>
    Array.from({ length: facts.addresses }, (_, n) => [
      text(nth(head('address_type'), n), 12, (p) => {
        const type = p.addresses[n]?.type
        return type ? words(`customers:addressType.${type}`) : null
      }),
      text(nth(head('province'), n), 14, (p) => p.addresses[n]?.province ?? null),
      text(nth(head('city'), n), 14, (p) => p.addresses[n]?.city ?? null),
      text(nth(head('address'), n), 40, (p) => p.addresses[n]?.address ?? null),
      text(nth(head('postal_code'), n), 14, (p) => p.addresses[n]?.postal_code ?? null),
    ]).flat()
  const relations = () => text(head('relations'), 30, (p) => list(otherLinks(p).map((link) => linkText(link, words))))
  const judgement = () => [
    text(head('blacklisted'), 10, (p) => (p.blacklisted === 1 ? head('yes') : null)),
    text(head('blacklist_reason'), 26, (p) => p.blacklist_reason),
  ]

  const all = () => [
    text(head('kind'), 8, (p) => words(`customers:kind.${p.kind}`)),
    ...field('title', 10),
    ...field('first_name'),
    ...field('last_name', 20),
    ...field('company_name', 24),
    ...(facts.lists.has('work') ? work() : []),
    ...facts.channels.flatMap(channels),
    ...addresses(),
    ...field('national_id'),
    ...field('company_id'),
    ...field('economic_code'),
    ...field('registration_number'),
    ...field('sheba', 30),
    ...field('card_number', 20),
    ...(facts.filled.has('birth_jm') || facts.filled.has('birth_jy') ? birthday() : []),
    ...(facts.filled.has('credit_limit') ? [credit()] : []),
    roles(),
    ...(facts.lists.has('tags') ? [tags()] : []),
    ...(facts.lists.has('groups') ? [groups()] : []),
    ...(facts.filled.has('source_id') ? [source()] : []),
    ...(facts.filled.has('owner_id') ? [owner()] : []),
    ...field('about', 40),
    ...(facts.lists.has('relations') ? [relations()] : []),
    ...instant('created'),
    ...instant('updated'),
    ...(facts.filled.has('last_contact') ? lastContact() : []),
    ...(facts.filled.has('next_contact') ? nextContact() : []),
    ...(isPrivate ? judgement() : []),
  ]

  const shown: Record<ListColumn, () => PersonColumn[]> = {
    name: () => [text(head('name'), 26, (p) => p.name)],
    phone: () => [text(head('phone.any'), 16, (p) => firstOf(p, 'phone'))],
    city: () => [text(head('city'), 14, (p) => p.city)],
    company: work,
    tags: () => [tags()],
    groups: () => [groups()],
    roles: () => [roles()],
    source: () => [source()],
    owner: () => [owner()],
    credit_limit: () => [credit()],
    email: () => [text(head('email.work'), 26, (p) => firstOf(p, 'email'))],
    birthday,
    created: () => instant('created'),
    updated: () => instant('updated'),
    last_contact: lastContact,
    next_contact: nextContact,
  }
  return { all, shown }
}

const workplace = (p: Person): Link | undefined => p.links.find((l) => l.kind === 'works_at' && l.outgoing)
const otherLinks = (p: Person): Link[] => p.links.filter((l) => l !== workplace(p))

function linkText({ kind, role, outgoing, name }: Link, words: Words): string {
  const relation = words(`customers:${outgoing ? 'linkOut' : 'linkIn'}.${kind}`)
  return `${relation}: ${name}${role ? ` (${role})` : ''}`
}

function firstOf(p: Person, kind: Channel['kind']): string | null {
  const first = p.channels.find((c) => c.kind === kind)
  return first ? channelText(first) : null
}

/** As it was typed, in Latin digits; a local number, which only the area code of this business completes, is written out. */
export function channelText({ kind, value, e164 }: Channel): string {
  if (kind !== 'phone') return value
  const typed = toLatinDigits(value)
  return e164 !== null && typed.replace(/\D/g, '').length <= 8 ? formatPhone(e164) : typed
}

const PARTS = /[\n;,،؛|]/

/** Names with a comma in them are parted by BETWEEN instead, which is then the only sign that parts them; a lone one has it behind. */
export function joinedList(values: readonly string[], language: Language): string | null {
  if (values.length === 0) return null
  if (!values.some((v) => PARTS.test(v))) return values.join(language === 'fa' ? '، ' : ', ')
  return values.length === 1 ? `${values[0]}${BETWEEN.trimEnd()}` : values.join(BETWEEN)
}
