import type { z } from 'zod'
import type { RecoveryCopy } from '../../../shared/contract/recovery.ts'
import { listCopies } from '../../db/backup-list.ts'
import { backupsFolder } from '../../db/backup-name.ts'
import { readStore } from '../backups/store.ts'

/**
 * Copies of this book, newest first. Which book it is cannot be asked of the damaged file: it is the one whose copies lie beside it; when there
 * are none, whatever is in the other folders is taken, and its log decides whether it fits.
 */
export function copiesOf(folder: string): z.infer<typeof RecoveryCopy>[] {
  const own = backupsFolder(folder)
  const all = listCopies([own, ...readStore(folder).settings.folders]).flatMap((copy) =>
    copy.facts ? [{ ...copy, facts: copy.facts }] : [],
  )
  const book = all.find((copy) => copy.folder === own)?.facts.book
  return all
    .filter(({ facts }) => !book || facts.book === book)
    .map(({ path, facts }) => ({ file: path, at: facts.at, customers: facts.customers, activities: facts.activities }))
}
