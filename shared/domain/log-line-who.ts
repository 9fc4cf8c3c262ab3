import { FAMILY_NAMES } from '../data/family-names.ts'
import { FEMALE_NAMES, MALE_NAMES } from '../data/given-names.ts'
import { COMPANY_WORDS, TITLES } from '../data/name-words.ts'
import type { Token } from './log-line-tokens.ts'
import { COUNTED, NOT_A_NAME, PAST_VERBS, WITH } from './log-line-words.ts'
import { fold, ZWNJ } from './persian-text.ts'
import { cardinal } from './spoken-numbers.ts'

/** Tokens [from, to) say who it was; `names` are texts to search for, without titles. */
export type FoundWho = { from: number; to: number; names: string[] }

const keys = (names: readonly string[]) => new Set(names.map((name) => fold(name).replaceAll(ZWNJ, '')))
const FAMILY = keys(FAMILY_NAMES)
const GIVEN = keys([...MALE_NAMES, ...FEMALE_NAMES])
const COMPANY = keys(COMPANY_WORDS)
const TITLE = keys([...TITLES, 'جناب', 'اقا', 'شماره', 'mr', 'mrs', 'ms', 'dr', 'miss'])
/** Titles that are a part of the name. */
const KEPT = keys(['سید', 'سیده', 'میر', 'ملا'])

const MOST_WORDS = 5

/**
 * Whom a line speaks of in the clause [a, b): behind «با» or «پیش» anywhere, behind «به» or «از» next to the keyword, right behind the keyword
 * («تماس رضایی», 'call Rezaei'), or in front of it («رضایی زنگ زد»). `free(i)` tells the tokens that mean nothing else.
 */
export function whoIn(
  text: string,
  tokens: readonly Token[],
  [a, b]: readonly [number, number],
  keyword: readonly [number, number],
  free: (i: number) => boolean,
): FoundWho | null {
  const reading = { text, tokens, end: b, free }
  for (let i = a; i < b; i++) {
    if (!free(i) || !WITH.has(tokens[i]!.word)) continue
    const names = namesAt(reading, i + 1)
    if (!names) continue
    const anywhere = /^(با|پیش|with)$/.test(tokens[i]!.word)
    const beside = i === keyword[1] || names.to === keyword[0] || names.to === keyword[1]
    if (anywhere || beside) return { ...names, from: i }
  }
  return inFront(reading, a, keyword[0]) ?? namesAt(reading, keyword[1])
}

/** Behind a title stands a person, whatever was done; not behind «شماره». */
const PERSON_TITLE = keys([...TITLES, 'جناب', 'اقا', 'mr', 'mrs', 'ms', 'dr', 'miss'])

/**
 * Whom a line speaks of that names no talk («به خانم هاشمی گفتم»): `sure` behind a title, else names behind «به», «از» or «با» that count
 * only when the book knows them.
 */
export function toldIn(text: string, tokens: readonly Token[], free: (i: number) => boolean) {
  const perhaps: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (!free(i) || !WITH.has(tokens[i]!.word) || tokens[i]!.ends) continue
    const end = tokens.findIndex((token, k) => k > i && token.ends) + 1
    const found = namesAt({ text, tokens, end, free }, i + 1)
    if (!found || TITLE.has(tokens[found.to - 1]!.word)) continue
    if (PERSON_TITLE.has(tokens[i + 1]!.word)) return { sure: found.names, perhaps: [] }
    // A given name alone is as likely a colleague's.
    perhaps.push(...found.names.filter((name) => !GIVEN.has(fold(name).replaceAll(ZWNJ, ''))))
  }
  return { sure: [], perhaps }
}

/**
 * Whom a note is about, named behind its word from token `i` on: `sure` when a name that people bear stands before a colon («یادداشت علی کلهر:
 * …»), else only when the book knows it («یادداشت برای علی کلهر …»).
 */
export function notedIn(text: string, tokens: readonly Token[], i: number, free: (i: number) => boolean) {
  if (i === 0 || i >= tokens.length || tokens[i - 1]!.ends) return null
  const from = FOR.has(tokens[i]!.word) && !tokens[i]!.ends ? i + 1 : i
  const end = tokens.findIndex((token, k) => k >= from && token.ends) + 1
  const found = namesAt({ text, tokens, end, free }, from)
  if (!found || TITLE.has(tokens[found.to - 1]!.word)) return null
  const isLed = hasKnownName(found) && /^\s*:/.test(text.slice(tokens[found.to - 1]!.end))
  if (isLed) return { sure: { ...found, from: i }, perhaps: [] }
  const full = nameLength(tokens.slice(from, found.to))
  const name = text.slice(tokens[from]!.start, tokens[from + full - 1]!.end)
  return { sure: null, perhaps: full > 1 && found.names.length === 1 ? [name] : found.names }
}
const FOR = keys(['برای', 'واسه', 'به', 'از', 'درباره', 'for', 'about'])

/** Full names that stand anywhere in the line («به تسویه هرمز متقی رسیدگی کنم»); whether they are anybody's the book knows. */
export function fullNamesIn(text: string, tokens: readonly Token[], free: (i: number) => boolean): string[] {
  const names: string[] = []
  for (let i = 0; i + 1 < tokens.length; i++) {
    if (!GIVEN.has(tokens[i]!.word) || tokens[i]!.ends) continue
    const reading = { text, tokens, end: tokens.length, free }
    if (!canBeName(reading, i) || !canBeName(reading, i + 1)) continue
    let to = i + 2
    while (to < tokens.length && !tokens[to - 1]!.ends && canBeName(reading, to) && FAMILY.has(tokens[to]!.word)) to++
    names.push(text.slice(tokens[i]!.start, tokens[to - 1]!.end))
    i = to - 1
  }
  return names
}

type Reading = { text: string; tokens: readonly Token[]; end: number; free: (i: number) => boolean }

function inFront(r: Reading, a: number, to: number): FoundWho | null {
  let from = a
  while (from < to && !r.free(from)) from++
  const names = from < to ? namesAt(r, from) : null
  if (!names) return null
  const object = /^(را|رو)$/.test(r.tokens[names.to]?.word ?? '') ? 1 : 0
  return names.to + object === to || !r.free(names.to) ? { ...names, to: names.to + object } : null
}

/** One name or several joined by «و» from token i on. */
function namesAt(r: Reading, i: number): FoundWho | null {
  const first = nameAt(r, i)
  if (!first) return null
  const names = [first.name]
  let to = first.to
  const second = r.tokens[to - 1]!.ends && to < r.end ? nameAt(r, to) : null
  if (second && /^(و|and)$/.test(r.tokens[second.to]?.word ?? '')) {
    names.push(second.name)
    to = second.to
  }
  while (to + 1 < r.end && r.free(to) && /^(و|and)$/.test(r.tokens[to]!.word) && !r.tokens[to - 1]!.ends) {
    const next = nameAt(r, to + 1)
    if (!next) break
    names.push(next.name)
    to = next.to
  }
  return { from: i, to, names }
}

function nameAt(r: Reading, i: number): { to: number; name: string } | null {
  let to = i
  while (to < r.end && to - i <= MOST_WORDS && canBeName(r, to) && (to === i || !r.tokens[to - 1]!.ends)) to++
  if (to === i) return null
  const stop = r.tokens[to]
  const clean = to === r.end || r.tokens[to - 1]!.ends || !r.free(to) || /^(و|and)$/.test(stop!.word)
  const length = clean && to - i < MOST_WORDS ? to - i : nameLength(r.tokens.slice(i, to))
  let from = i
  while (from < i + length - 1 && TITLE.has(r.tokens[from]!.word) && !KEPT.has(r.tokens[from]!.word)) from++
  return { to: i + length, name: r.text.slice(r.tokens[from]!.start, r.tokens[i + length - 1]!.end) }
}

function canBeName(r: Reading, i: number): boolean {
  const { word } = r.tokens[i]!
  if (r.free(i) && /^\+?\d{8,}$/.test(word)) return true
  return (
    r.free(i) &&
    /^[\p{L}'’-]+$/u.test(word) &&
    cardinal(word) === null &&
    !COUNTED.has(word) &&
    !NOT_A_NAME.has(word) &&
    !PAST_VERBS.has(word) &&
    !WITH.has(word)
  )
}

/** How much of a run of words without a comma is the name: its titles, one word, and what is known to go on with it. */
function nameLength(run: readonly Token[]): number {
  let n = 0
  while (n < run.length - 1 && (TITLE.has(run[n]!.word) || COMPANY.has(run[n]!.word))) n++
  n++
  while (n < run.length && (FAMILY.has(run[n]!.word) || (GIVEN.has(run[n - 1]!.word) && GIVEN.has(run[n]!.word)))) n++
  return n
}

/** Whether a person or a business is named from token i on. */
export function isNamed(tokens: readonly Token[], i: number): boolean {
  const word = tokens[i]?.word ?? ''
  return [PERSON_TITLE, FAMILY, GIVEN, COMPANY].some((known) => known.has(word))
}

const wordsOf = (name: string) => fold(name).split(/[\s\u200c]+/)

/** Whether a name has a part that persons bear. */
export const namesPerson = (name: string): boolean => wordsOf(name).some((word) => FAMILY.has(word) || GIVEN.has(word))

/** Whether a name is one that people bear, not just any word. */
export function hasKnownName({ names }: FoundWho): boolean {
  return names.some((name) => namesPerson(name) || wordsOf(name).some((word) => COMPANY.has(word)))
}
