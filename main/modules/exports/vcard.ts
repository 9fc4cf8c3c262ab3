import { displayName } from '../../../shared/domain/name.ts'
import { birthIso, birthJalali } from './dates.ts'
import { BETWEEN, channelText, joinedList } from './list-columns.ts'
import type { Address, Channel, Person } from './list-records.ts'
import type { OutFile } from './out-file.ts'
import type { Words } from './texts.ts'

export interface CardOptions {
  words: Words
  private: boolean
}

/** People and companies as vCard 4.0 (RFC 6350). What the format has no word for stands in X-DAFTAR-… lines, which other programs pass over. */
export function cardWriter(out: OutFile, options: CardOptions) {
  return {
    card: (person: Person) => out.text(cardOf(person, options)),
    finish() {},
  }
}

export function cardOf(p: Person, { words, private: isPrivate }: CardOptions): string {
  const lines: string[] = ['BEGIN:VCARD', 'VERSION:4.0', 'PRODID:-//Daftar//Customers//FA']
  const put = (name: string, value: string | null | undefined) => {
    if (value) lines.push(folded(`${name}:${escaped(value)}`))
  }
  const parts = (name: string, values: readonly (string | null)[]) => {
    if (values.some(Boolean)) lines.push(folded(`${name}:${values.map((v) => escaped(v ?? '')).join(';')}`))
  }
  const isCompany = p.kind === 'company'
  lines.push(`KIND:${isCompany ? 'org' : 'individual'}`)
  put('UID', `urn:uuid:${p.id}`)
  put('FN', displayName(p) || p.name)
  // Every card of a person has an N, or phones file it under nothing.
  if (!isCompany)
    lines.push(folded(`N:${[p.last_name, p.first_name, null, p.title, null].map((v) => escaped(v ?? '')).join(';')}`))
  else put('X-DAFTAR-TITLE', p.title)
  const work = p.links.find((l) => l.kind === 'works_at' && l.outgoing)
  put('ORG', isCompany ? p.company_name : work?.name)
  put('TITLE', work?.role)
  if (!isCompany) put('X-DAFTAR-COMPANY-NAME', p.company_name)
  for (const channel of p.channels) put(channelName(channel), channelText(channel))
  for (const address of p.addresses) {
    parts(`ADR;TYPE=${addressType(address)}`, [
      null,
      null,
      address.address,
      address.city,
      address.province,
      address.postal_code,
      null,
    ])
  }
  // 19910803, and --0803 without a year.
  put('BDAY', birthIso(p)?.replace(/(\d)-/g, '$1'))
  put('X-DAFTAR-BIRTHDAY', birthJalali(p, 'fa'))
  if (p.tags.length > 0) lines.push(folded(`CATEGORIES:${p.tags.map(escaped).join(',')}`))
  put('NOTE', p.about)
  put('X-DAFTAR-TAGS', p.tags.some((t) => /[,،;؛|]/.test(t)) ? `${p.tags.join(BETWEEN)}${BETWEEN.trimEnd()}` : null)
  put('X-DAFTAR-GROUPS', joinedList(p.groups, 'fa'))
  put('X-DAFTAR-ROLES', p.roles.map((role) => words(`customers:role.${role}`)).join('، '))
  put('X-DAFTAR-NATIONAL-ID', p.national_id)
  put('X-DAFTAR-COMPANY-ID', p.company_id)
  put('X-DAFTAR-ECONOMIC-CODE', p.economic_code)
  put('X-DAFTAR-REGISTRATION-NUMBER', p.registration_number)
  put('X-DAFTAR-SHEBA', p.sheba)
  put('X-DAFTAR-CARD-NUMBER', p.card_number)
  put('X-DAFTAR-CREDIT-LIMIT', p.credit_limit === null ? null : `${p.credit_limit} rial`)
  put('X-DAFTAR-SOURCE', p.source)
  if (isPrivate && p.blacklisted === 1) {
    lines.push('X-DAFTAR-BLACKLISTED:1')
    put('X-DAFTAR-BLACKLIST-REASON', p.blacklist_reason)
  }
  lines.push(`REV:${new Date(p.updated_at).toISOString().replace(/[-:]|\.\d+/g, '')}`, 'END:VCARD', '')
  return lines.join('\r\n')
}

const PHONE_TYPES: Readonly<Record<string, string>> = { mobile: 'cell', home: 'home', work: 'work', fax: 'fax' }

function channelName({ kind, type }: Channel): string {
  if (kind === 'phone') return `TEL;TYPE=${PHONE_TYPES[type] ?? 'x-other'}`
  if (kind === 'email') return `EMAIL;TYPE=${type === 'work' || type === 'home' ? type : 'x-other'}`
  return type === 'website' ? 'URL' : `X-SOCIALPROFILE;TYPE=${type}`
}

/** RFC 6350 knows home and work; shops and stores are places of work to it. */
function addressType({ type }: Address): string {
  return type === 'work' || type === 'home' ? type : `work,x-${type}`
}

function escaped(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/[,;]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
}

const LINE = 75

/** Lines of at most 75 bytes, never broken inside a letter (RFC 6350 3.2). */
export function folded(line: string): string {
  if (line.length * 3 <= LINE || Buffer.byteLength(line) <= LINE) return line
  const out: string[] = []
  let part = ''
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > LINE) {
      out.push(part)
      part = ' '
      bytes = 1
    }
    part += letter
    bytes += size
  }
  out.push(part)
  return out.join('\r\n')
}
