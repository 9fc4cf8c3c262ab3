import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guessMapping } from '../../main/modules/imports/guess.ts'
import { ParseError } from '../../main/modules/imports/parse/parse-error.ts'
import { parseFile, type ReadOptions } from '../../main/modules/imports/parse/parse-file.ts'
import type { SourceRow } from '../../main/modules/imports/parse/source.ts'
import { mapRow, type RowResult, type RowRules } from '../../main/modules/imports/row.ts'
import { readRows } from '../../main/modules/imports/rows-file.ts'

export const TODAY = '2026-11-22'

/** Reads files that a test makes, in a folder of its own. */
export function parsing() {
  // Rows are written through to the disk, which hundreds of small files need not wait for.
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'daftar-parsing-'))
  const rowsPath = join(dir, 'rows')
  const read = (bytes: string | Uint8Array, options: ReadOptions = {}) => {
    const path = join(dir, 'source')
    writeFileSync(path, bytes)
    return readPath(path, options)
  }
  const readPath = (path: string, options: ReadOptions = {}) => {
    const file = parseFile(path, rowsPath, options)
    const rows: SourceRow[] = [...readRows(rowsPath)]
    const mapping = file.mapping ?? guessMapping(file.headers, file.sample)
    const rules: RowRules = { headers: file.headers, mapping, today: TODAY, areaCode: '21', moneyUnit: 'toman' }
    const mapped = (): RowResult[] => rows.map((row) => mapRow(row, rules))
    return { ...file, rows, mapping, mapped }
  }
  /** The code a file is refused with; 'accepted' otherwise. */
  const refusal = (bytes: string | Uint8Array): string => {
    try {
      read(bytes)
      return 'accepted'
    } catch (error) {
      if (error instanceof ParseError) return error.code
      throw error
    }
  }
  return { dir, read, readPath, refusal, done: () => rmSync(dir, { recursive: true, force: true }) }
}

const HIGH_1256 = new TextDecoder('windows-1256').decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128))

/** Text in Windows-1256, with the Arabic ye that it has in place of the Persian one. */
export function windows1256(text: string): Buffer {
  return Buffer.from(
    Array.from(text.replaceAll('ی', 'ي'), (c) => {
      const at = HIGH_1256.indexOf(c)
      return at >= 0 ? at + 128 : c.charCodeAt(0) < 128 ? c.charCodeAt(0) : 63
    }),
  )
}
