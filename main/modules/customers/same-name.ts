import { fold } from '../../../shared/domain/persian-text.ts'

/** A name without any gap: علی‌پور, علی پور and علیپور are one. */
export const joined = (name: string): string => fold(name).replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * Is what was typed (folded words) the name of this row? 'same': the same letters in any order of the words; 'slip': one letter
 * missing, added or changed in the family name, or two neighbours swapped.
 */
export function nearName(
  words: readonly string[],
  row: { name: string; first_name: string | null; last_name: string | null },
): 'same' | 'slip' | null {
  const typed = turns(words)
  const name = joined(row.name)
  if (typed.includes(name)) return 'same'
  const first = joined(row.first_name ?? '')
  const last = joined(row.last_name ?? '')
  if (first && last) {
    if (typed.includes(first + last)) return 'same'
    if (last.length >= 4 && restsAfter(words, first).some((rest) => oneSlip(rest, last))) return 'slip'
  } else if (name.length >= 6 && oneSlip(typed[0]!, name)) return 'slip'
  return null
}

/** What is left of the words, joined, where some neighbours among them are the given name: «رضا» of «کریمی رضا» leaves «کریمی». */
function restsAfter(words: readonly string[], first: string): string[] {
  const out: string[] = []
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      if (words.slice(from, to).join('') === first) out.push([...words.slice(0, from), ...words.slice(to)].join(''))
    }
  }
  return out
}

/** The words joined, beginning with each of them in turn. */
function turns(words: readonly string[]): string[] {
  return words.map((_, i) => [...words.slice(i), ...words.slice(0, i)].join(''))
}

/** Edit distance one (insertion, deletion, change, or two neighbours swapped); equal texts are no slip. */
export function oneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  const [restA, restB] = [a.slice(i), b.slice(i)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  )
}
