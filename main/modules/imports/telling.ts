import { FAMILY_NAMES } from '../../../shared/data/family-names.ts'
import { FEMALE_NAMES, MALE_NAMES } from '../../../shared/data/given-names.ts'
import { TITLES } from '../../../shared/data/name-words.ts'
import { findCity, findProvince } from '../../../shared/data/places.ts'
import { looksLikeCompany } from '../../../shared/domain/name.ts'
import { fold } from '../../../shared/domain/persian-text.ts'

/** What a text is by what it says, where no header does. Names are told by shared/data, so they work for Persian names only. */
const bare = (word: string) => fold(word).replaceAll('\u200c', '')
const GIVEN: ReadonlySet<string> = new Set([...MALE_NAMES, ...FEMALE_NAMES].map(bare))
const FAMILY: ReadonlySet<string> = new Set(FAMILY_NAMES.map(bare))
const TITLE: ReadonlySet<string> = new Set(TITLES.map(bare))
const FAMILY_END = /(زاده|پور|نژاد|نیا|فر|یان|لو|وند|منش|دوست|خانی|ی)$/

const words = (text: string) => {
  const all = text.trim().split(/\s+/).map(bare)
  let first = 0
  while (first < all.length - 1 && TITLE.has(all[first]!)) first++
  return all.slice(first)
}
const plain = (text: string) => text.length <= 60 && !/[\d۰-۹٠-٩@/:،,;]/.test(text)

/** A first name and something behind it («علی رضایی»), or a family name and a first («رضایی علی»). */
export function looksLikeName(text: string): boolean {
  if (!plain(text)) return false
  const all = words(text)
  if (all.length < 2 || all.length > 5 || looksLikeCompany(text)) return false
  return GIVEN.has(all[0]!) || (FAMILY.has(all[0]!) && GIVEN.has(all.at(-1)!))
}

export const looksLikeFirstName = (text: string): boolean => {
  if (!plain(text)) return false
  const all = words(text)
  return all.length <= 2 && all.every((word) => GIVEN.has(word))
}

export const looksLikeLastName = (text: string): boolean => {
  if (!plain(text)) return false
  const all = words(text)
  return (
    all.length <= 3 &&
    !GIVEN.has(all[0]!) &&
    (FAMILY.has(all.join('')) || FAMILY.has(all[0]!) || FAMILY_END.test(all.at(-1)!))
  )
}

export const looksLikeBusiness = (text: string): boolean => text.length <= 100 && looksLikeCompany(text)

export const looksLikeProvince = (text: string): boolean => plain(text) && findProvince(text) !== undefined
export const looksLikePlace = (text: string): boolean =>
  plain(text) && (findCity(text) !== undefined || findProvince(text) !== undefined)

const ADDRESS_WORD =
  /(خیابان|خ\s|کوچه|پلاک|میدان|بلوار|بزرگراه|اتوبان|طبقه|واحد|پاساژ|بازار|شهرک|روستا|جاده|چهارراه|سه راه|فلکه|کیلومتر|plaque|street|st\.)/
/** More than one word of a postal address, or one and a number. */
export function looksLikeAddress(text: string): boolean {
  if (text.length < 8) return false
  const found = fold(text).match(new RegExp(ADDRESS_WORD.source, 'g'))?.length ?? 0
  return found >= 2 || (found === 1 && (/\d/.test(fold(text)) || /[،,-]/.test(text)))
}
