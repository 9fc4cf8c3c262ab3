import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { splitName } from '../../../shared/domain/name.ts'
import type { PartyKind } from '../../../shared/domain/party.ts'
import type { RowCells } from './cells.ts'
import { isCompanyName, kindIn, withoutTitle } from './values.ts'

export interface NamedRow {
  kind: PartyKind
  fields: Pick<CustomerInput, 'title' | 'first_name' | 'last_name' | 'company_name'>
  name: string
  /** The company a person works at, or the person a company is met through: found by name or made beside the row. */
  companion: { kind: PartyKind; name: string; role: string | null; company_id: string | null } | null
}

interface PersonName {
  title: string | null
  first: string | null
  last: string | null
}

/** Who a row is about. A company where the row says so, or its name can only be one, or it names nobody else. */
export function namesOf(cells: RowCells): NamedRow {
  const said = cells.first('kind') ? kindIn(cells.first('kind')) : null
  const company = cells.text('company_name', 200) ?? cells.text('works_at', 200)
  const full = cells.text('full_name', 200)
  const person = personOf(cells, full)
  const personName = [person.first, person.last].filter(Boolean).join(' ')
  const job = cells.text('job', 100)
  const fullIsCompany = full !== null && isCompanyName(full)
  if (said === 'company' || (said === null && (fullIsCompany || (company !== null && personName === '')))) {
    const name = (fullIsCompany ? full : (company ?? full ?? personName)) || ''
    const contact =
      personName !== '' && !same(personName, name) && !(fullIsCompany && same(personName, full)) ? personName : null
    if (job && !contact) cells.note('job', job)
    const companion = contact ? { kind: 'person' as const, name: contact, role: job, company_id: null } : null
    return { kind: 'company', fields: { company_name: name || null }, name, companion }
  }
  const employer = company !== null && !same(company, personName) ? company : null
  if (job && !employer) cells.note('job', job)
  return {
    kind: 'person',
    fields: { title: person.title, first_name: person.first, last_name: person.last },
    name: personName,
    companion: employer
      ? { kind: 'company', name: employer, role: job, company_id: cells.text('company_id', 30) }
      : null,
  }
}

function personOf(cells: RowCells, full: string | null): PersonName {
  const title = cells.text('title', 50)
  // A middle name has a column of its own in files of Google and Outlook.
  const first = cells.line('first_name', cells.all('first_name').join(' '), 100)
  const last = cells.text('last_name', 100)
  if (first && last) return { title, first, last }
  const alone = first ?? last
  // A phone often has the whole name in one of the two fields; the displayed name then says no less.
  const whole = full && (!alone || full.length > alone.length) ? full : alone
  if (!whole) return { title, first: null, last: null }
  const bare = withoutTitle(whole)
  const split = splitName(bare.name)
  return { title: title ?? bare.title, first: split.first || null, last: split.last || null }
}

const same = (a: string, b: string) => a.replace(/[\s\u200c]/g, '') === b.replace(/[\s\u200c]/g, '')
