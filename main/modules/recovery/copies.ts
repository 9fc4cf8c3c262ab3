import type { z } from 'zod'
import type { RecoveryCopy } from '../../../shared/contract/recovery.ts'
import { copiesFor } from '../../db/backup-folders.ts'
import { backupsFolder } from '../../db/backup-name.ts'

/**
 * Copies of this book, newest first. Which book it is cannot be asked of the damaged file: it is the one whose copies lie beside it; when there
 * are none, whatever is in the other folders is taken, and its log decides whether it fits.
 */
export function copiesOf(folder: string): z.infer<typeof RecoveryCopy>[] {
  const own = backupsFolder(folder)
  const all = copiesFor(folder).flatMap((copy) => (copy.facts ? [{ ...copy, facts: copy.facts }] : []))
  const book = all.find((copy) => copy.folder === own)?.facts.book
  return all
    .filter(({ facts }) => !book || facts.book === book)
    .map(({ path, facts }) => ({ file: path, at: facts.at, customers: facts.customers, activities: facts.activities }))
}
