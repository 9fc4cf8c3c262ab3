import { looseKey } from '../../../shared/domain/sort-key.ts'
import type { Db } from '../../db/open.ts'
import { keyOfText, type NameKey, nameKey } from './name-key.ts'

/** What two customers are compared by. */
export interface Facts {
  pk: number
  id: string
  kind: 'person' | 'company'
  name: NameKey
  /** As the list sorts by it, for counting how many are called so. */
  nameSort: string
  /** Sort key with آ and ا as one; empty for none. */
  city: string
  citySort: string
  phones: readonly string[]
  emails: readonly string[]
  /** Where they work: ids of companies, and the letters of a company's name that is no record of its own. */
  companies: readonly string[]
  national_id: string | null
  company_id: string | null
  economic_code: string | null
  sheba: string | null
  card_number: string | null
  /** Jalali, complete; else null. */
  birthday: string | null
}

type Row = Pick<
  Facts,
  'pk' | 'id' | 'kind' | 'national_id' | 'company_id' | 'economic_code' | 'sheba' | 'card_number'
> & {
  first_name: string | null
  last_name: string | null
  company_name: string | null
  name_sort: string
  city_sort: string
  birth_jy: number | null
  birth_jm: number | null
  birth_jd: number | null
}

/** Null for a customer who is not there any more, deleted or merged. */
export function readFacts(db: Db, pk: number): Facts | null {
  const row = db
    .prepare(
      `SELECT pk, id, kind, first_name, last_name, company_name, name_sort, city_sort, national_id, company_id, economic_code, sheba,
         card_number, birth_jy, birth_jm, birth_jd FROM party WHERE pk = ? AND deleted = 0`,
    )
    .get(pk) as Row | undefined
  if (!row) return null
  const channels = db
    .prepare("SELECT kind, key FROM party_channel WHERE party_id = ? AND deleted = 0 AND key <> ''")
    .all(row.id) as Array<{ kind: string; key: string }>
  const jobs = db
    .prepare("SELECT to_id FROM party_link WHERE from_id = ? AND kind = 'works_at' AND deleted = 0")
    .all(row.id) as Array<{ to_id: string }>
  const {
    pk: _pk,
    first_name,
    last_name,
    company_name,
    name_sort,
    city_sort,
    birth_jy,
    birth_jm,
    birth_jd,
    ...rest
  } = row
  return {
    ...rest,
    pk,
    name: nameKey({ kind: row.kind, first_name, last_name, company_name }),
    nameSort: name_sort,
    city: looseKey(city_sort),
    citySort: city_sort,
    phones: channels.filter((c) => c.kind === 'phone').map((c) => c.key),
    emails: channels.filter((c) => c.kind === 'email').map((c) => c.key),
    companies: [...jobs.map((job) => job.to_id), ...companyText(row.kind, company_name)],
    birthday: birth_jy && birth_jm && birth_jd ? `${birth_jy}/${birth_jm}/${birth_jd}` : null,
  }
}

/** A person's company that is only a name. */
export function companyText(kind: string, name: string | null): string[] {
  const letters = kind === 'person' && name ? keyOfText(name).letters : ''
  return letters ? [letters] : []
}
