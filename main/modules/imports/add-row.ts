import { CustomerInput, type CustomerPatch } from '../../../shared/contract/customers.ts'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { sortName, splitName } from '../../../shared/domain/name.ts'
import { looseForms, looseKey, sortKey } from '../../../shared/domain/sort-key.ts'
import type { Tx } from '../../db/write.ts'
import { addCustomerTx, addLinkTx, updateCustomerTx } from '../customers/write.ts'
import type { Mode } from './address-changes.ts'
import { readExisting } from './existing.ts'
import { ThingsOfBook } from './named-things.ts'
import type { MappedRow } from './row.ts'
import { rowChanges } from './row-changes.ts'

/** Tags, sources and companies by name, found in the book or made on the way. One a run: what a failed chunk put in here goes with it. */
export class NamedRows extends ThingsOfBook {
  readonly #companies = new Map<string, string>()
  /** Of them: made on the way, their own row may still come. */
  readonly #made = new Map<string, string>()

  company(tx: Tx, name: string, company_id: string | null): string {
    const key = companyKey(name)
    return found(this.#companies, looseKey(key), () => {
      const known = tx.db
        .prepare(
          `SELECT id FROM party WHERE deleted = 0 AND name_sort IN (SELECT value FROM json_each(?)) AND kind = 'company' LIMIT 1`,
        )
        .get(JSON.stringify(looseForms(key, 16))) as { id: string } | undefined
      if (known) return known.id
      const { id } = addCustomerTx(tx, { kind: 'company', company_name: name, company_id, roles: ['customer'] })
      this.#made.set(name, id)
      return id
    })
  }

  /** Companies were made whose own row may still come. */
  get awaitsRows(): boolean {
    return this.#made.size > 0
  }

  /** The company of this very name that an earlier row has brought along, once. */
  takeMade(name: string): string | undefined {
    const id = this.#made.get(name)
    this.#made.delete(name)
    return id
  }
}

const companyKey = (name: string) =>
  sortKey(sortName({ kind: 'company', company_name: name, first_name: null, last_name: null }))

function found(map: Map<string, string>, key: string, make: () => string): string {
  let id = map.get(key)
  if (id === undefined) {
    id = make()
    map.set(key, id)
  }
  return id
}

/** The last guard before the book: what the contract would refuse from a screen is refused from a file too. */
export function isAcceptable(row: MappedRow): boolean {
  return CustomerInput.safeParse(row.input).success
}

/** Writes one row with its lists and its company or contact person; the id of its customer. */
export function addRowTx(tx: Tx, row: MappedRow, things: NamedRows): string {
  const { companion } = row
  const input: CustomerInput = { ...row.input }
  if (row.tags.length > 0) input.tag_ids = [...new Set(row.tags.map((name) => things.tag(tx, name, row.groups)))]
  if (row.source) input.source_id = things.source(tx, row.source)
  if (companion?.kind === 'company') {
    const other_id = things.company(tx, companion.name, companion.company_id)
    input.links = [{ kind: 'works_at', role: companion.role, outgoing: true, other_id }]
  }
  // A person before it in the file works there: that was this company.
  const made = input.kind === 'company' ? things.takeMade(input.company_name ?? '') : undefined
  if (made) updateCustomerTx(tx, made, input)
  const id = made ?? addCustomerTx(tx, input).id
  if (companion?.kind === 'person') addContactTx(tx, id, companion)
  return id
}

/** Writes into someone who is there already what the row says beyond it; false when that is nothing. */
export function changeRowTx(
  tx: Tx,
  id: string,
  row: MappedRow,
  mode: Mode,
  fields: ReadonlySet<ImportField>,
  things: NamedRows,
): boolean {
  const { customer, existing } = readExisting(tx.db, id)
  const changes = rowChanges(existing, row, mode, fields)
  if (changes.list.length === 0) return false
  const { companion } = changes
  const patch: CustomerPatch = { ...changes.patch }
  if (changes.tags.length > 0) {
    patch.tag_ids = [...customer.tags.map((t) => t.id), ...changes.tags.map((name) => things.tag(tx, name, row.groups))]
  }
  if (changes.source) patch.source_id = things.source(tx, changes.source)
  if (Object.keys(patch).length > 0) updateCustomerTx(tx, customer.id, patch)
  if (companion?.kind === 'company') {
    const other_id = things.company(tx, companion.name, companion.company_id)
    addLinkTx(tx, customer.id, { kind: 'works_at', role: companion.role, outgoing: true, other_id })
  } else if (companion) addContactTx(tx, customer.id, companion)
  return true
}

function addContactTx(tx: Tx, companyId: string, { name, role }: { name: string; role: string | null }): void {
  const links = [{ kind: 'works_at' as const, role, outgoing: true, other_id: companyId }]
  addCustomerTx(tx, { kind: 'person', ...contactName(name), links, roles: ['customer'] })
}

function contactName(name: string): { first_name: string | null; last_name: string | null } {
  const { first, last } = splitName(name)
  return { first_name: first || null, last_name: last || null }
}
