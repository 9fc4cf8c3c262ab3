import { randomBytes } from 'node:crypto'
import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type CopyFacts, readFacts } from '../../db/backup-facts.ts'
import { prepareBook } from '../../db/backup-prepare.ts'
import { preparedFile } from '../../db/backup-swap.ts'
import { markDerived, migrate } from '../../db/migrate.ts'
import { openDb } from '../../db/open.ts'
import { finishBook } from '../../db/salvage.ts'
import { type Replayed, replay } from '../../db/salvage-replay.ts'
import { TroubleError } from '../../db/trouble.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { uuidV7 } from '../../engine/ids.ts'
import type { Job } from '../../engine/reader.ts'
import { derivations } from '../customers/derivations.ts'
import { rederive } from '../history/write-back.ts'
import type { CheckProblem, Module } from '../module.ts'
import { aloneCtx, type Counts, countsOf, deriveAll, problemsIn } from './furnish.ts'
import { type RecoveryProgress, step, VERSIONS } from './job.ts'
import { salvageRules } from './rules.ts'

export interface BringUpInput {
  /** The damaged book. */
  file: string
  /** Copies of it, the best first; one that turns out to be damaged is passed over. */
  copies: string[]
  /** The new book, in a folder of its own. */
  target: string
  /** Epoch ms. */
  now: number
}
export interface BringUpOutput {
  /** The copy that was taken, and those that had to be passed over. */
  copy: Pick<CopyFacts, 'at' | 'customers' | 'activities'> & { file: string }
  damaged_copies: string[]
  replayed: Omit<Replayed, 'touched'>
  counts: Counts
  problems: CheckProblem[]
}

/** Rows derived in one transaction; with more than so many altogether making everything anew is quicker. */
const CHUNK = 300
const MANY = 20_000

/** A copy of the book, brought up to what the damaged one's log still says. Fails with TroubleError OPEN_FAILED when no copy is sound. */
export function bringUpJob(modules: readonly Module[]): Job<BringUpInput, BringUpOutput, RecoveryProgress> {
  return {
    name: 'recovery.bringUp',
    async run(input, call) {
      const folder = dirname(input.target)
      const damaged: string[] = []
      const taken = input.copies.find((copy) => {
        try {
          // Eight random bytes: this life of the data is a new one (SYNC.md 12).
          const site = randomBytes(8).toString('hex')
          const told = ({ step: phase, done, total }: { step: 'copy' | 'verify'; done: number; total: number }) =>
            call.progress({ phase: phase === 'copy' ? 'copy' : 'check', done, total })
          prepareBook(
            { copy, folder, now: input.now, site, schema: Number.MAX_SAFE_INTEGER },
            { stopped: call.stopped, progress: told },
          )
          return true
        } catch (error) {
          if (!(error instanceof TroubleError) || error.trouble.code === 'DISK_FULL') throw error
          damaged.push(copy)
          return false
        }
      })
      if (!taken) throw new TroubleError('OPEN_FAILED', input.file, 'no sound copy')
      renameSync(preparedFile(folder), input.target)
      const db = openDb(input.target)
      try {
        const { rederive: all } = migrate(db, { versions: VERSIONS, now: input.now })
        const ids = uuidV7({ now: () => input.now })
        const ctx = aloneCtx(db, modules, input.now, ids)
        const { touched, ...replayed } = replay(db, {
          file: input.file,
          tables: modules.flatMap((module) => module.tables),
          rules: salvageRules(),
          now: input.now,
          step: (phase, done, total) => step(call, { phase, done, total }),
        })
        await derive(ctx, touched, all, (done, total) => step(call, { phase: 'derive', done, total }))
        markDerived(db, VERSIONS)
        step(call, { phase: 'check', done: 0, total: 0 })
        const problems = await problemsIn(ctx)
        const counts = countsOf(db)
        finishBook(db)
        const { at, customers, activities } = readFacts(taken)
        return { copy: { file: taken, at, customers, activities }, damaged_copies: damaged, replayed, counts, problems }
      } finally {
        if (db.raw.open) db.close()
      }
    },
  }
}

async function derive(
  ctx: Ctx,
  touched: Replayed['touched'],
  all: boolean,
  told: (done: number, total: number) => void,
): Promise<void> {
  const rows = [...touched].flatMap(([table, pks]) => [...pks].map((pk) => ({ table, pk, onlyDeleted: false })))
  told(0, all ? 0 : rows.length)
  if (all || rows.length > MANY) return deriveAll(ctx)
  for (let from = 0; from < rows.length; from += CHUNK) {
    write(ctx, 'recovery.derive', (tx) => rederive(tx, rows.slice(from, from + CHUNK)))
    told(Math.min(from + CHUNK, rows.length), rows.length)
  }
  // A name that very many customers carry is derived on in turns of the loop after its commit.
  for (let before = -1; before !== derivations(ctx.db).count; ) {
    before = derivations(ctx.db).count
    await setImmediate()
    await setImmediate()
  }
}
