import { join } from 'node:path'
import type { ExportRequest } from '../../../shared/contract/exports.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { businessOf } from '../settings/service.ts'
import { csvWriter } from './csv.ts'
import { fileName, zipStamp } from './file-name.ts'
import type { ExportInput, ExportResult, Pace } from './job.ts'
import { columnsOf } from './list-columns.ts'
import { factsOf } from './list-facts.ts'
import { type Person, peopleByPk } from './list-records.ts'
import { walkOf } from './list-walk.ts'
import { OutFile } from './out-file.ts'
import { wordsOf } from './texts.ts'
import { cardWriter } from './vcard.ts'
import { xlsxWriter } from './xlsx.ts'

type ListRequest = Extract<ExportRequest, { what: 'customers' }>
type Input = Omit<ExportInput, 'request'> & { request: ListRequest }

interface PersonWriter {
  put(person: Person): void
  finish(): void
  readonly cut: number
}

/** A list of customers as one file: chosen ones, or all of a filter, in their order. */
export async function writeList(db: Db, input: Input, pace: Pace): Promise<ExportResult> {
  const { request, now, folder } = input
  const name = fileName(request.language, 'customers', now, request.format)
  const out = new OutFile(join(folder, name))
  try {
    const writer = writerOf(db, input, out)
    const walk = walkOf(db, now, request.target, request.sort)
    await pace.step(0, walk.total)
    let done = 0
    for (const pks of walk.pages()) {
      for (const person of peopleByPk(db, pks)) writer.put(person)
      done += pks.length
      await pace.step(done, walk.total)
    }
    writer.finish()
    return { files: [{ name, bytes: out.finish() }], cut: writer.cut }
  } catch (error) {
    out.drop()
    throw error
  }
}

function writerOf(db: Db, { request, now }: Input, out: OutFile): PersonWriter {
  const { language, private: isPrivate } = request
  const words = wordsOf(language)
  if (request.format === 'vcf') {
    const cards = cardWriter(out, { words, private: isPrivate })
    return { put: cards.card, finish: cards.finish, cut: 0 }
  }
  const unit = businessOf({ db } as Ctx).money_unit
  const columns = columnsOf(request.columns, { language, words, facts: factsOf(db), unit, private: isPrivate })
  const sheet = { name: words('exports:file.customers'), rtl: language === 'fa', zip: { stamp: zipStamp(now) } }
  const rows = request.format === 'csv' ? csvWriter(out, columns) : xlsxWriter(out, columns, sheet)
  return {
    put: (person) => rows.row(columns.map((column) => column.value(person))),
    finish: () => rows.finish(),
    get cut() {
      return rows.cut
    },
  }
}
