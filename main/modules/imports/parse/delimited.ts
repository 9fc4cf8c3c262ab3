import { MAX_CELL, MAX_COLUMNS } from './limits.ts'
import type { SourceRow } from './source.ts'
import { MAX_LINE } from './text.ts'

/** How often a quote that never closes may swallow what follows before quotes are taken as plain letters. */
const MAX_RESTARTS = 20

/**
 * Records of delimited text from its pieces (RFC 4180, and what people make of it), without ever holding more than a few lines: papaparse
 * wants the whole text or gives up where a quote never closes. Such a quote costs its line (fault UNREADABLE), not all that follows. Line
 * ends are \n or \r\n. `row` is the line a record starts on. Cells beyond MAX_COLUMNS + 1 and what is longer than a line can be are let go.
 * Blank lines are no records; `blank` is told how many there were.
 */
export function* recordsOf(
  pieces: Iterable<string>,
  delimiter: string,
  blank?: (lines: number) => void,
): Generator<SourceRow> {
  const text = new Window(pieces)
  let row = 1
  let restarts = MAX_RESTARTS
  for (;;) {
    const end = text.lineEnd(0)
    if (end < 0) return
    if (end === 0) {
      const lines = text.dropBlank()
      row += lines
      blank?.(lines)
      continue
    }
    const quote = restarts > 0 ? text.quote() : -1
    if (quote < 0 || quote >= end) {
      const cells = cellsOf(text.slice(0, end), delimiter)
      yield text.cut ? { row, cells, fault: 'TOO_LONG' } : { row, cells }
      row++
      text.drop(end)
      continue
    }
    const cut = text.cut
    const record = quoted(text, delimiter)
    if (record) {
      yield { row, cells: record.cells }
      row += 1 + record.breaks
      text.drop(record.end)
    } else {
      restarts--
      yield { row, cells: text.slice(0, end).split(delimiter, MAX_COLUMNS + 1), fault: 'UNREADABLE' }
      row++
      text.cut = cut
      text.drop(end)
    }
  }
}

/** A spreadsheet with formats far beyond its last column writes thousands of empty cells behind each row: those are none. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells = line.split(delimiter, MAX_COLUMNS + 1)
  if (cells.length <= MAX_COLUMNS) return cells
  let end = line.length
  while (end > 0 && (line[end - 1] === delimiter || line[end - 1] === '\r')) end--
  return line.slice(0, end).split(delimiter, MAX_COLUMNS + 1)
}

/** A record some cell of which is in quotes; `end`: of its last line. null: a quote in it never closes. */
function quoted(text: Window, delimiter: string): { cells: string[]; end: number; breaks: number } | null {
  const cells: string[] = []
  let breaks = 0
  let at = 0
  for (;;) {
    // Some programs put a space between the delimiter and the quote.
    const open = /^ *"/.exec(text.slice(at, at + 20))
    let cell: string
    let end: number
    if (open) {
      const start = at + open[0].length
      const close = closingQuote(text, start, delimiter)
      if (close < 0) return null
      cell = text.slice(start, Math.min(close, start + 2 * MAX_CELL + 2)).replaceAll('""', '"')
      breaks += text.breaks(start, close)
      end = close + 1
      while (text.at(end) === ' ') end++
    } else {
      end = text.endOfCell(at, delimiter)
      cell = text.slice(at, Math.min(end, at + MAX_CELL + 1))
    }
    cells.push(cell)
    if (text.at(end) === delimiter && cells.length <= MAX_COLUMNS) at = end + 1
    else {
      const last = text.lineEnd(end)
      if (cells.length > MAX_COLUMNS && isOnly(delimiter, text.slice(end, last)))
        while (cells.at(-1) === '') cells.pop()
      return { cells, end: last, breaks }
    }
  }
}

function isOnly(letter: string, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text[i] !== letter && text[i] !== '\r') return false
  return true
}

function closingQuote(text: Window, start: number, delimiter: string): number {
  for (let at = text.find('"', start); at >= 0; at = text.find('"', at + 1)) {
    if (text.at(at + 1) === '"') {
      at++
      continue
    }
    let after = at + 1
    while (text.at(after) === ' ' && delimiter !== ' ') after++
    const next = text.at(after)
    if (next === '' || next === delimiter || next === '\n' || next === '\r') return at
    // A quote at the start of a cell, inside a cell in quotes: the outer one was never closed.
    const before = text.at(at - 1)
    if (at > start && (before === '\n' || before === delimiter)) return -1
  }
  return -1
}

/** The text from the present record on; more is taken from the pieces as it is asked for. Places are counted from the record's start. */
class Window {
  /** The present line was longer than MAX_LINE; the rest of it is let go. */
  cut = false
  readonly #pieces: Iterator<string>
  #text = ''
  #from = 0
  #over = false
  /** The last quote that was found, in #text; up to #quoteSeen there is no other behind it. */
  #quote = -1
  #quoteSeen = 0
  /** The first line end after some place of the record, in #text. */
  #newline = -1

  constructor(pieces: Iterable<string>) {
    this.#pieces = pieces[Symbol.iterator]()
  }

  #more(): boolean {
    if (this.#over) return false
    const next = this.#pieces.next()
    if (next.done) {
      this.#over = true
      return false
    }
    this.#text = this.#text.slice(this.#from) + next.value
    this.#quote -= this.#from
    this.#quoteSeen -= this.#from
    this.#newline -= this.#from
    this.#from = 0
    return true
  }

  slice(start: number, end: number): string {
    return this.#text.slice(this.#from + start, this.#from + end)
  }

  at(place: number): string {
    while (this.#from + place >= this.#text.length) if (!this.#more()) return ''
    return this.#text[this.#from + place]!
  }

  indexOf(mark: string, start: number): number {
    const found = this.#text.indexOf(mark, this.#from + start)
    return found < 0 ? -1 : found - this.#from
  }

  /** The same, asking for more text while there is none, up to MAX_LINE from the start of the record. */
  find(mark: string, start: number): number {
    for (let seen = start; ; ) {
      const found = this.indexOf(mark, seen)
      if (found >= 0) return found
      seen = Math.max(start, this.#text.length - this.#from)
      if (seen > MAX_LINE || !this.#more()) return -1
    }
  }

  /** A quote anywhere from here on in what is held. */
  quote(): number {
    if (this.#quote < this.#from) {
      this.#quote = this.#text.indexOf('"', Math.max(this.#quoteSeen, this.#from))
      this.#quoteSeen = this.#quote < 0 ? this.#text.length : this.#quote + 1
    }
    return this.#quote < 0 ? -1 : this.#quote - this.#from
  }

  /** The place after the last letter of the line that `start` is on, its \r left out; -1 where the text is over. */
  lineEnd(start: number): number {
    let end = this.#newline - this.#from
    this.cut = false
    if (end < start) {
      end = this.find('\n', start)
      this.#newline = end < 0 ? -1 : this.#from + end
    }
    if (end < 0) {
      end = this.#text.length - this.#from
      if (end <= start && start === 0) return -1
      if (end > MAX_LINE && !this.#over) {
        this.cut = true
        return Math.max(start, MAX_LINE)
      }
    }
    return end > start && this.#text[this.#from + end - 1] === '\r' ? end - 1 : end
  }

  /** Line ends between two places. */
  breaks(start: number, end: number): number {
    let count = 0
    while (this.#newline >= 0 && this.#newline < this.#from + end) {
      if (this.#newline >= this.#from + start) count++
      this.#newline = this.#text.indexOf('\n', this.#newline + 1)
    }
    return count
  }

  endOfCell(start: number, delimiter: string): number {
    const line = this.lineEnd(start)
    const found = this.indexOf(delimiter, start)
    return found >= 0 && found < line ? found : line
  }

  /** Goes on behind the blank lines that begin here, as far as they are held; there is one at least. Returns how many. */
  dropBlank(): number {
    let lines = 0
    let at = this.#from
    for (; at < this.#text.length; at++) {
      const c = this.#text.charCodeAt(at)
      if (c === 10) lines++
      else if (c !== 13) break
    }
    this.#from = at
    return Math.max(lines, 1)
  }

  /** Goes on behind the line that ends at `end`. */
  drop(end: number): void {
    this.#newline = -1
    if (this.cut) {
      // What is left of an endless line.
      this.#from = Math.min(this.#from + end, this.#text.length)
      for (;;) {
        const line = this.#text.indexOf('\n', this.#from)
        this.#from = line < 0 ? this.#text.length : line
        if (line >= 0 || !this.#more()) break
      }
      this.#from = Math.min(this.#from + 1, this.#text.length)
      this.cut = false
      return
    }
    let next = this.#from + end
    if (this.#text[next] === '\r') next++
    if (this.#text[next] === '\n') next++
    this.#from = Math.min(next, this.#text.length)
  }
}

const USUAL = [',', ';', '\t', '|']
const RARE = ['،', '؛', '^', '~', '#', ':', '\u001f']
export const DELIMITERS: readonly string[] = [...USUAL, ...RARE]

/** The delimiter under which the lines of a sample fall into the same number of cells. A tab where none does: then a line is a cell. */
export function delimiterOf(sample: string): string {
  let best = { delimiter: sample.includes(',') && /[\p{L}\d]/u.test(sample) ? '\t' : ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    if (!sample.includes(delimiter)) continue
    const usual = USUAL.includes(delimiter)
    const { most, share } = evenness(sample, delimiter)
    if (most < 2 || (!usual && share < 0.9)) continue
    const score = share * Math.log2(most) * (usual ? 1 : 0.4)
    if (score > best.score * 1.001) best = { delimiter, score }
  }
  return best.delimiter
}

function evenness(sample: string, delimiter: string): { most: number; share: number } {
  const counts = new Map<number, number>()
  let rows = 0
  for (const { cells, fault } of recordsOf([sample], delimiter)) {
    // The sample may end inside a long cell in quotes.
    if (fault && rows > 0) break
    if (cells.every((cell) => cell.trim() === '')) continue
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
    if (++rows === 100) break
  }
  let most = 1
  for (const [count, times] of counts)
    if (count > 1 && times > (counts.get(most) ?? 0) * (most === 1 ? 0.5 : 1)) most = count
  return { most, share: rows === 0 ? 0 : (counts.get(most) ?? 0) / rows }
}
