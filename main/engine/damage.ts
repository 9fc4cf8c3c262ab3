import { join } from 'node:path'
import type { Trouble } from '../../shared/contract/system.ts'
import { forgetDamage, knownDamage, rememberDamage, wasBook } from '../db/damaged.ts'
import type { Log } from './context.ts'
import { quickCheck, type Reader } from './reader.ts'

/** What is known of damage to the book of a folder, over restarts. */
export interface Damage {
  remember(file: string, found: string): void
  forget(): void
  /** Forgets what is there no more. */
  lookAgain(): Promise<void>
  /** The same trouble, or damage where that is what it comes from. */
  orDamaged(seen: Trouble): Trouble
}

export function damageOf(folder: string, reader: Reader, log: Log): Damage {
  const book = join(folder, 'daftar.db')
  return {
    /** On a full disk it cannot be written down; the book was not closed well, so the next start looks again. */
    remember(file, found) {
      try {
        rememberDamage(folder, file, found.slice(0, 500))
      } catch (error) {
        log.error('engine.remember', error)
      }
    },
    forget: () => forgetDamage(folder),
    /** A disk that could not be read for a moment: what was found once may not be there any more. */
    async lookAgain() {
      const known = knownDamage(folder, book)
      if (!known || known === 'another') return
      if ((await reader.run(quickCheck, { file: book })) === 'ok') forgetDamage(folder)
    },
    /** What only looks like another trouble: a book without its first page, or one that fails wherever it is touched. */
    orDamaged(seen) {
      if (seen.code === 'DAMAGED') return { ...seen, path: book }
      if (seen.code === 'NOT_A_DATABASE') return wasBook(folder, book) ? { ...seen, code: 'DAMAGED', path: book } : seen
      if (seen.code !== 'MIGRATION_FAILED' && seen.code !== 'OPEN_FAILED') return seen
      const found = quickCheck.run({ file: book }, { progress() {}, stopped: () => false })
      return found === 'ok' ? seen : { code: 'DAMAGED', path: book, detail: `${seen.detail}\n${found}`.slice(0, 500) }
    },
  }
}
