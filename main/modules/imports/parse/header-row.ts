import { fieldOfHeader, isHeaderWord } from '../headers.ts'
import { looksLikeName, looksLikePlace } from '../telling.ts'

export interface FoundHeader {
  /** Of its first line among the rows. */
  index: number
  /** 2 where a second line names the parts of the first («تلفن»: «ثابت», «همراه»). */
  lines: number
  headers: string[]
}

/** A header may stand below a title, a date and the address of the business. */
const DEEPEST = 25

/**
 * The header among the first rows of a table: `chosen`, else the first row that mostly has header words, else the first row if it differs
 * in kind from those below it; null: there is none, every row is data.
 */
export function headerOf(rows: string[][], chosen: number | null): FoundHeader | null {
  const index = chosen ?? byWords(rows) ?? byKind(rows)
  if (index === null || !rows[index]) return null
  const top = rows[index].map(oneLine)
  const below = (rows[index + 1] ?? []).map(oneLine)
  return isSecondLine(top, below) ? { index, lines: 2, headers: joined(top, below) } : { index, lines: 1, headers: top }
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const filled = (cells: string[]) => cells.filter((cell) => cell.trim() !== '')

function byWords(rows: string[][]): number | null {
  for (let i = 0; i < Math.min(rows.length, DEEPEST); i++) {
    const cells = filled(rows[i]!)
    if (cells.length === 0 || cells.some(isValueLike)) continue
    const known = cells.filter(isHeaderWord).length
    if (known >= 2 && known >= cells.length * 0.3) return i
    if (known === 1 && cells.length === 1 && rows.slice(i + 1).every((row) => filled(row).length <= 1)) return i
  }
  return null
}

const VALUE_LIKE = /\d{7}|@|^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}$/
const isValueLike = (cell: string) => VALUE_LIKE.test(cell.replace(/[۰-۹٠-٩]/g, '0').replace(/[\s\u200c-]/g, ''))

/** A first row without phones, names and places, above rows that have some. */
function byKind(rows: string[][]): number | null {
  const first = isBareTitle(rows)
  const cells = filled(rows[first] ?? [])
  const rest = rows.slice(first + 1)
  if (cells.length === 0 || cells.some((c) => isValueLike(c) || looksLikeName(c) || looksLikePlace(c) || c.length > 60))
    return null
  if (rest.length === 0) return null
  // A number alone is never the name of a column, and a single line that only looks like the others is one of them.
  if (cells.some((c) => /^[\d۰-۹٠-٩.,٬]+$/.test(c))) return null
  return cells.length > 1 || rest.some((row) => filled(row).some(isValueLike)) ? first : null
}

/** How many single-cell lines stand above a table of several columns; they name nobody. */
export function isBareTitle(rows: string[][]): number {
  const widths = rows.map((row) => filled(row).length)
  const wide = widths.filter((n) => n > 1).length
  if (wide < widths.length / 2) return 0
  let count = 0
  while (widths[count] === 1 && !filled(rows[count]!).some((cell) => isValueLike(cell) || looksLikeName(cell))) count++
  return count
}

/** Only header words, at least one of which fills or divides what the first line left open. */
function isSecondLine(top: string[], below: string[]): boolean {
  const cells = filled(below)
  if (cells.length < 2 || cells.some((c) => isValueLike(c) || c.length > 30 || /\d/.test(c))) return false
  const parents = spread(top, below)
  const named = below.every(
    (cell, i) => cell === '' || isHeaderWord(cell) || isHeaderWord(`${parents[i] ?? ''} ${cell}`),
  )
  return named && below.some((cell, i) => cell !== '' && (top[i] ?? '') === '')
}

/** A name over several columns counts for each of them that the second line names. */
function spread(top: string[], below: string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < Math.max(top.length, below.length); i++) {
    const own = top[i] ?? ''
    out.push(own !== '' || (below[i] ?? '') === '' ? own : (out[i - 1] ?? ''))
  }
  return out
}

function joined(top: string[], below: string[]): string[] {
  return spread(top, below).map((parent, i) => {
    const own = below[i] ?? ''
    if (own === '' || own === parent) return parent
    if (parent === '') return own
    // «تلفن» over «ثابت» is «تلفن ثابت»; «مشخصات» over «نام» is «نام».
    return fieldOfHeader(parent) === null && fieldOfHeader(own) !== null ? own : `${parent} ${own}`
  })
}
