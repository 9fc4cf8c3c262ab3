import type { CustomerInput } from '../../../shared/contract/customers.ts'
import type { ImportField, ImportProblem } from '../../../shared/contract/imports.ts'
import { checkCompanyId, restoreNationalId } from '../../../shared/domain/iran.ts'
import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { parseMoney } from '../../../shared/domain/money.ts'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { isRightNumber } from '../customers/identity.ts'
import { addressesOf } from './addresses.ts'
import { birthIn } from './birthdays.ts'
import { RowCells } from './cells.ts'
import { channelsOf } from './contact.ts'
import { type NamedRow, namesOf } from './names.ts'
import { plainAmount, plainCode } from './numbers.ts'
import { MAX_CELL } from './parse/limits.ts'
import type { SourceRow } from './parse/source.ts'
import { listIn, rolesIn } from './values.ts'

/** What the rows of one file have in common. */
export interface RowRules {
  headers: string[]
  mapping: Array<ImportField | null>
  today: IsoDay
  /** Completes eight-digit landlines: '21'. */
  areaCode: string | null
  /** What a bare amount is in. */
  moneyUnit: 'toman' | 'rial'
}

/** A row as it will come in. Lists of the book (tags, source, the company) are still names; add-row.ts finds or makes them. */
export interface MappedRow {
  input: CustomerInput
  tags: string[]
  /** Of `tags`: those that are groups. */
  groups: string[]
  source: string | null
  companion: NamedRow['companion']
  name: string
  phone: string | null
  city: string | null
  /** What tells that this is someone known: national digits of phones, and ids. */
  keys: { phones: string[]; national_id: string | null; company_id: string | null }
}
export interface RowResult {
  /** null: the row cannot come in; `problems` says why. */
  mapped: MappedRow | null
  problems: ImportProblem[]
}

const MAX_ABOUT = 20_000

/**
 * One row under a mapping. A secondary value that cannot be read (a day, an amount) does not keep the row out: it goes as it is into
 * the customer's `about` under its header, and into the problems, so nothing of the file is lost.
 */
export function mapRow(row: SourceRow, rules: RowRules): RowResult {
  if (row.fault === 'TOO_LONG') return tooLong(row, rules)
  if (row.fault) return refused(row, row.fault)
  const cells = new RowCells(row, rules)
  const named = namesOf(cells)
  const channels = channelsOf(cells, rules.areaCode)
  const addresses = addressesOf(cells)
  const ids = idsOf(cells, named)
  // With all that is wrong in it, so that it is corrected once.
  if (named.name === '' && channels.phones.length === 0) return refused(row, 'NO_NAME_OR_PHONE', cells.problems)
  const input: CustomerInput = {
    kind: ids.company ? 'company' : named.kind,
    ...(ids.company && named.kind === 'person' ? { company_name: named.name || null } : named.fields),
    ...ids.fields,
    ...birthOf(cells, rules.today),
    ...creditOf(cells, rules.moneyUnit),
    channels: channels.inputs,
    addresses,
    roles: rolesOf(cells),
  }
  const groups = namesIn(cells, 'groups')
  const about = aboutOf(cells)
  if (about) input.about = about
  const mapped: MappedRow = {
    input,
    tags: [...namesIn(cells, 'tags'), ...groups].slice(0, 100),
    groups,
    source: cells.text('source', 60),
    companion: named.companion,
    name: named.name,
    phone: channels.phones[0] ?? null,
    city: addresses.find((a) => a.city)?.city ?? null,
    keys: {
      phones: channels.keys,
      national_id: ids.fields.national_id ?? null,
      company_id: ids.fields.company_id ?? null,
    },
  }
  return { mapped, problems: cells.problems }
}

const namesIn = (cells: RowCells, field: 'tags' | 'groups'): string[] =>
  cells
    .all(field)
    .flatMap(listIn)
    .map((name) => name.slice(0, 60))

/** The parser has cut the cell to the limit; where its column becomes nothing, `value` is its header. */
function tooLong(row: SourceRow, { headers, mapping }: RowRules): RowResult {
  const at = row.cells.findIndex((cell) => cell.length >= MAX_CELL)
  const value = (headers[at] ?? '').slice(0, 300)
  return { mapped: null, problems: [{ row: row.row, code: 'TOO_LONG', field: mapping[at] ?? null, value }] }
}

function refused(row: SourceRow, code: ImportProblem['code'], others: ImportProblem[] = []): RowResult {
  const value = row.cells.filter(Boolean).join(' | ').slice(0, 300)
  return { mapped: null, problems: [{ row: row.row, code, field: null, value }, ...others] }
}

type Ids = Pick<
  CustomerInput,
  'national_id' | 'company_id' | 'economic_code' | 'registration_number' | 'sheba' | 'card_number'
>

/** Excel's lost zeros come back where the check digit agrees; an 11-digit id in a national-id column is a company's. */
function idsOf(cells: RowCells, named: NamedRow): { fields: Ids; company: boolean } {
  const fields: Ids = {}
  let company = false
  const national = codeOf(cells, 'national_id', 30)
  if (national && checkCompanyId(national).ok && toLatinDigits(national).replace(/\D/g, '').length === 11) {
    fields.company_id = checkCompanyId(national).value
    company = named.kind === 'company' || !named.companion
  } else if (national) fields.national_id = restoreNationalId(national) ?? toLatinDigits(national)
  const legal = codeOf(cells, 'company_id', 30)
  const own = legal && named.kind === 'person' && !fields.national_id ? restoreNationalId(legal) : null
  // «شناسه ملی» of a list of both: ten digits are a person's.
  if (own) {
    fields.national_id = own
    if (named.companion) named.companion.company_id = null
  } else if (legal && !named.companion?.company_id) fields.company_id = toLatinDigits(legal)
  const economic = codeOf(cells, 'economic_code', 30)
  if (economic) fields.economic_code = toLatinDigits(economic)
  const registration = codeOf(cells, 'registration_number', 30)
  if (registration) fields.registration_number = registration
  const sheba = codeOf(cells, 'sheba', 50)
  if (sheba) fields.sheba = toLatinDigits(sheba)
  const card = codeOf(cells, 'card_number', 40)
  if (card) fields.card_number = toLatinDigits(card)
  for (const [field, code] of Object.entries(fields) as Array<[keyof Ids, string]>) warnOfCode(cells, field, code)
  warnOfCode(cells, 'company_id', named.companion?.company_id)
  return { fields, company }
}

/** A code that cannot be right comes in as it stands, as the form takes it too, and is pointed out. */
function warnOfCode(cells: RowCells, field: keyof Ids, code: string | null | undefined): void {
  if (code && field !== 'registration_number' && !isRightNumber(field, code)) cells.problem('BAD_CODE', field, code)
}

/** A code of digits; one that a spreadsheet has cut short is listed and kept among the notes, as half a code is none. */
function codeOf(cells: RowCells, field: ImportField, max: number): string | null {
  const value = cells.text(field, max)
  if (value === null) return null
  const { text, lost } = plainCode(value)
  // Accounting programs write a nought where there is no code.
  if (!lost) return /^[0۰٠]$/.test(text) ? null : text
  cells.keep('LOST_DIGITS', field, value)
  return null
}

function birthOf(cells: RowCells, today: IsoDay): Pick<CustomerInput, 'birth_jy' | 'birth_jm' | 'birth_jd'> {
  const entry = cells.entry('birthday')
  if (!entry) return {}
  // Thunderbird and some programs keep year, month and day in columns of their own.
  const parts = cells.all('birthday')
  const value =
    parts.length > 1 && parts.every((part) => /^[\d۰-۹٠-٩]{1,4}$/.test(part)) ? parts.join('/') : entry.value
  const birth = birthIn(value, today, /^birthday$/i.test(entry.header))
  if (birth) return { birth_jy: birth.jy, birth_jm: birth.jm, birth_jd: birth.jd }
  cells.keep('BAD_DATE', 'birthday', value)
  return {}
}

function creditOf(cells: RowCells, unit: 'toman' | 'rial'): Pick<CustomerInput, 'credit_limit'> {
  const entry = cells.entry('credit_limit')
  if (!entry) return {}
  const said = /(ریال|rial|irr)/i.test(entry.header) ? 'rial' : /(تومان|toman)/i.test(entry.header) ? 'toman' : unit
  const money = parseMoney(plainAmount(entry.value), said)
  if (money.ok && money.rial >= 0) return { credit_limit: money.rial }
  cells.keep('BAD_NUMBER', 'credit_limit', entry.value)
  return {}
}

function rolesOf(cells: RowCells): CustomerInput['roles'] {
  const roles = cells.all('role').flatMap(rolesIn)
  return roles.length > 0 ? [...new Set(roles)] : ['customer']
}

function aboutOf(cells: RowCells): string | null {
  const text = [...cells.notes(), ...cells.kept].join('\n')
  if (text.length > MAX_ABOUT) cells.problem('TOO_LONG', 'note', text)
  return text.slice(0, MAX_ABOUT) || null
}
