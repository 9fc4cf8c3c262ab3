import { tidy, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { parsePhone } from '../../../shared/domain/phone.ts'
import { AREA_PROVINCE } from '../../../shared/domain/phone-areas.ts'

const PLAIN = /^[+\d۰-۹٠-٩]+$/
const BETWEEN = /[\n;,،؛|]+|\s+(?:و|یا)\s+|\s*:::\s*/
/** Parts numbers as often as it stands inside one: «0912… - 0935…», «021 - 8877 6655». */
const DASHED = /\s+[-–—/\\]\s+/
/** «(۴ خط)» says how many lines answer; read as digits it would spoil the number before it. */
const LINES = /\(?\s*\d{1,2}\s*خط\s*\)?/g

/**
 * The numbers of one cell: on lines of their own, parted by comma, semicolon, slash, bar, «و», a dash or only spaces. «021-88776655/56»
 * is two numbers, the second with the last digits changed; «021-88776655 - 88776656» have one area code.
 */
export function phonesIn(cell: string): string[] {
  if (cell.length < 16 && PLAIN.test(cell)) return [cell]
  const out: string[] = []
  let area = ''
  for (const raw of tidy(cell).split(BETWEEN)) {
    const piece = toLatinDigits(raw).replace(LINES, '').trim()
    if (piece === '') continue
    const base = out.at(-1)
    if (/^\d{1,3}$/.test(piece) && base !== undefined && isLandline(base.replace(/\D/g, ''))) {
      out.push(base.slice(0, -piece.length) + piece)
      continue
    }
    for (const found of /\d/.test(piece) ? numbersIn(piece) : [{ text: piece, digits: '' }]) {
      const local = found.digits.length === 8 && /^[1-8]/.test(found.digits) && area !== ''
      const code = /^(?:0|98|0098)?([1-8]\d)[1-8]\d{7}$/.exec(found.digits)?.[1]
      if (code && code in AREA_PROVINCE) area = code
      out.push(local ? `0${area} ${found.text}` : found.text)
    }
  }
  return [...new Set(out)]
}

interface Found {
  text: string
  digits: string
}

/** «داخلی ۱۲» belongs to the number before it. */
const EXTENSION = /(داخلی|داخلي|ext|int|#|\*)/i

function numbersIn(piece: string): Found[] {
  const found = partsOf(piece)
  return found.length === 1 && DASHED.test(piece) && !isNumber(found[0]!.digits)
    ? piece.split(DASHED).flatMap(partsOf)
    : found
}

function partsOf(piece: string): Found[] {
  const whole = { text: piece, digits: piece.replace(/\D/g, '') }
  if (whole.digits.length <= 11 && !/[/\\]/.test(piece) && !DASHED.test(piece)) {
    if (whole.digits.length !== 9 && whole.digits.length !== 10) return [whole]
    if (isNumber(whole.digits) || !/\d{8}/.test(piece)) return [whole]
  }
  if (isNumber(piece) || EXTENSION.test(piece)) return [whole]
  const groups = [...piece.matchAll(/\+?\d+/g)].map((m) => ({ start: m.index, text: m[0] }))
  const joined = whole.digits
  if (groups.length === 1 && joined.length === 22 && isMobile(joined.slice(0, 11)) && isMobile(joined.slice(11)))
    return [joined.slice(0, 11), joined.slice(11)].map((n) => ({ text: n, digits: n }))
  if (groups.length < 2 || groups.length > 16) return [whole]
  const parts = parted(groups.map((g) => g.text))
  if (!parts) return [whole]
  const out: Found[] = []
  for (const { from, to, suffix } of parts) {
    const last = groups[to]!
    if (suffix) {
      const base = out.at(-1)!.text.trimEnd()
      const text = base.slice(0, -last.text.length) + last.text
      out.push({ text, digits: text.replace(/\D/g, '') })
    } else {
      const first = groups[from]!
      // «(021) 8877» begins with its bracket.
      const begin = first.start > 0 && piece[first.start - 1] === '(' ? first.start - 1 : first.start
      const text = piece.slice(begin, last.start + last.text.length)
      out.push({ text, digits: text.replace(/\D/g, '') })
    }
  }
  return out
}

interface Part {
  from: number
  to: number
  suffix: boolean
}

/** The fewest numbers that use up all groups; null: they cannot be read as numbers. */
function parted(groups: string[]): Part[] | null {
  const best: Array<Part[] | null> = [[]]
  for (let end = 1; end <= groups.length; end++) {
    best[end] = null
    for (let start = end - 1; start >= Math.max(0, end - 6); start--) {
      const before = best[start]
      if (!before) continue
      const digits = groups.slice(start, end).join('')
      const previous = before.at(-1)
      const suffix: boolean =
        end - start === 1 &&
        /^\d{1,3}$/.test(digits) &&
        previous !== undefined &&
        (previous.suffix || isLandline(groups.slice(previous.from, previous.to + 1).join('')))
      if (!suffix && !isNumber(digits)) continue
      const candidate = [...before, { from: start, to: end - 1, suffix }]
      const known = best[end]
      if (!known || candidate.length < known.length) best[end] = candidate
    }
  }
  return best[groups.length] ?? null
}

const isMobile = (digits: string) => /^(?:0|\+?98|0098)?9\d{9}$/.test(digits)
const isLandline = (digits: string) => /^(?:0|\+?98|0098)[1-8]\d[1-8]\d{7}$|^[1-8]\d{7}$/.test(digits)
function isNumber(digits: string): boolean {
  if (isMobile(digits) || isLandline(digits)) return true
  return /^(?:\+|00)?\d{9,15}$/.test(digits) && parsePhone(digits).ok
}
