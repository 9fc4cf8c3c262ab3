import type { ListName } from '../../../shared/contract/lists.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { byId, insert, insertOrRevive, patch, type Row, remove, restore } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { fail } from '../../rpc/errors.ts'
import { listItem } from './table.ts'

type Item = Row<typeof listItem>

/** Entries of a list in their order, those taken off as well. */
const itemsOf = (tx: Tx, list: ListName) =>
  tx.db.prepare('SELECT * FROM list_item WHERE list = ? ORDER BY position, pk').all(list) as Item[]

/** Ids of a list's entries in their order. */
export const listIds = (tx: Tx, list: ListName): string[] =>
  itemsOf(tx, list).flatMap((item) => (item.deleted === 0 ? item.id : []))

const endOf = (items: readonly Item[]) => items.reduce((last, item) => Math.max(last, item.position + 1), 0)

/** Adds an entry at the end, or finds the one with this name (folded); one that was taken off comes back. The id either way. */
export function addListItemTx(tx: Tx, list: ListName, name: string): string {
  const items = itemsOf(tx, list)
  const same = items.filter((item) => fold(item.name) === fold(name))
  const there = same.find((item) => item.deleted === 0)
  if (there) return there.id
  const position = endOf(items)
  const gone = same.at(-1)
  if (!gone) return insert(tx, listItem, { list, name, position }).id
  restore(tx, listItem, gone.id)
  patch(tx, listItem, gone.id, { name, position })
  return gone.id
}

/** What a trade begins with. The same name is the same row on every device. */
export function seedListTx(tx: Tx, list: ListName, names: readonly string[]): void {
  names.forEach((name, position) => {
    insertOrRevive(tx, listItem, { id: uuidV5(list, name), list, name, position })
  })
}

/** Fails with NOT_FOUND, and NAME_TAKEN where another entry of the list is called so. */
export function renameListItemTx(tx: Tx, id: string, name: string): void {
  const item = living(tx, id)
  const isTaken = itemsOf(tx, item.list).some((o) => o.id !== id && o.deleted === 0 && fold(o.name) === fold(name))
  if (isTaken) fail('NAME_TAKEN')
  patch(tx, listItem, id, { name })
}

/** Fails with NOT_FOUND. */
export function moveListItemTx(tx: Tx, id: string, before: string | null): void {
  const item = living(tx, id)
  const rest = itemsOf(tx, item.list).filter((o) => o.id !== id && o.deleted === 0)
  const at = before === null ? rest.length : rest.findIndex((o) => o.id === before)
  if (at < 0) fail('NOT_FOUND', { kind: 'list_item' })
  rest.toSpliced(at, 0, item).forEach((o, position) => {
    patch(tx, listItem, o.id, { position })
  })
}

/** Fails with NOT_FOUND. */
export function removeListItemTx(tx: Tx, id: string): void {
  living(tx, id)
  remove(tx, listItem, id)
}

function living(tx: Tx, id: string): Item {
  const item = byId(tx.db, listItem, id)
  return item === undefined || item.deleted === 1 ? fail('NOT_FOUND', { kind: 'list_item' }) : item
}
