import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { ExportFile, ExportRequest } from '../../../shared/contract/exports.ts'
import { openDb } from '../../db/open.ts'
import type { Job, JobCall } from '../../engine/reader.ts'
import { writeEverything } from './everything.ts'
import { writeList } from './list.ts'
import type { PlannedSheet } from './sheet-plan.ts'

export interface ExportInput {
  /** The book. */
  book: string
  /** Where the files are to stand; empty. */
  folder: string
  /** Epoch ms. */
  now: number
  request: ExportRequest
  /** The tables of «everything». */
  sheets: readonly PlannedSheet[]
}
export interface ExportResult {
  files: Array<z.infer<typeof ExportFile>>
  cut: number
}
export interface Far {
  done: number
  total: number
}

/** What the writers are given besides their input: how to tell how far they are, and to let others in. Throws Stopped. */
export interface Pace {
  step(done: number, total: number): Promise<void>
}

/** The caller does not want it any more. */
export class Stopped extends Error {
  readonly code = 'STOPPED'
}

/** Reads the book as it is at one moment, however long it takes and whatever is written meanwhile. */
export const exportJob: Job<ExportInput, ExportResult, Far> = {
  name: 'export',
  async run(input, call) {
    const db = openDb(input.book, { readonly: true })
    try {
      db.raw.exec('BEGIN')
      const pace = paceOf(call)
      const { request } = input
      return request.what === 'customers'
        ? await writeList(db, { ...input, request }, pace)
        : await writeEverything(db, { ...input, request }, pace)
    } finally {
      db.close()
    }
  },
}

function paceOf(call: JobCall<Far>): Pace {
  return {
    async step(done, total) {
      call.progress({ done, total })
      // In a thread nobody waits; in the command line and tests the one who would stop it runs here.
      await setImmediate()
      if (call.stopped()) throw new Stopped('stopped')
    },
  }
}
