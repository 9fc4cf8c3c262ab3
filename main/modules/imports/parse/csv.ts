import { delimiterOf, recordsOf } from './delimited.ts'
import { encodingOf } from './encoding.ts'
import type { ReadFacts, ReadOptions } from './facts.ts'
import { mendOf } from './mojibake.ts'
import type { TableRows } from './table-rows.ts'
import { readText } from './text.ts'

const SAMPLE = 256 * 1024

/** Reads delimited text, a piece at a time, whatever its encoding, delimiter and line ends. */
export function readCsv(path: string, options: ReadOptions, facts: ReadFacts, table: TableRows): void {
  const detected = options.encoding ? { encoding: options.encoding, lossy: true } : encodingOf(path)
  facts.encoding = detected.encoding
  const { sample, pieces } = sampled(readText(path, detected.encoding))
  // Excel's own first line: «sep=;».
  const said = /^sep=(.)\r?\n/i.exec(sample)
  const lines = said ? sample.slice(said[0].length) : sample
  facts.delimiter = options.delimiter ?? said?.[1] ?? delimiterOf(lines.slice(0, lines.lastIndexOf('\n') + 1) || lines)
  // Whoever chose the encoding sees what it makes of the text.
  const mend = options.encoding ? null : mendOf(lines.slice(0, 20_000))
  let first = true
  const blank = (lines: number) => {
    facts.empty_rows += lines
  }
  for (const record of recordsOf(pieces, facts.delimiter, blank)) {
    if (first && said) {
      first = false
      continue
    }
    for (let i = 0; i < record.cells.length; i++) {
      if (mend) record.cells[i] = mend(record.cells[i]!)
      const cell = record.cells[i]!
      if (cell.startsWith('=')) record.cells[i] = cell.replace(/^=\s*"(.*)"$/s, '$1')
      else if (detected.lossy && cell.includes('\ufffd')) record.fault ??= 'UNREADABLE'
    }
    table.add(record)
  }
}

/** The beginning of a text, and the whole of it with its line ends made one. */
function sampled(source: Generator<string>): { sample: string; pieces: Iterable<string> } {
  const held: string[] = []
  let length = 0
  for (let next = source.next(); !next.done; next = source.next()) {
    held.push(next.value)
    length += next.value.length
    if (length >= SAMPLE) break
  }
  let sample = held.join('')
  // Old Macs and some phones end lines with a lone CR.
  const returns = !sample.includes('\n') && sample.includes('\r')
  const whole = returns ? (text: string) => text.replaceAll('\r', '\n') : (text: string) => text
  sample = whole(sample)
  function* pieces(): Generator<string> {
    yield sample
    for (const piece of source) yield whole(piece)
  }
  return { sample: sample.slice(0, SAMPLE), pieces: pieces() }
}
