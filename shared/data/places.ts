import { fold } from '../domain/persian-text.ts'
import { CITY_ROWS, PROVINCE_ROWS } from './places-table.ts'

/** `code` is the stable name other tables use (phone-areas.ts), `areaCode` the two digits after the 0. */
export type Province = { id: number; code: string; name: string; en: string; capital: string; areaCode: string }
export type City = { id: number; name: string; province: number }

export const PROVINCES: readonly Province[] = PROVINCE_ROWS.map(([id, code, name, en, capital, areaCode]) => {
  return { id, code, name, en, capital, areaCode }
})

export const CITIES: readonly City[] = PROVINCES.flatMap((province) =>
  CITY_ROWS[province.id]!.split('|').map((row) => {
    const space = row.indexOf(' ')
    return { id: Number(row.slice(0, space)), name: row.slice(space + 1), province: province.id }
  }),
)

const placeKey = (name: string) =>
  fold(name)
    .replace(/^\s*(شهرستان|شهر|استان)\s+/, '')
    .replace(/[\s\u200c]/g, '')

const BY_NAME = new Map<string, City[]>()
for (const city of CITIES) {
  // «هشتپر (تالش)» is known by both names.
  for (const name of city.name.split(/[()]/)) {
    const key = placeKey(name)
    if (key) BY_NAME.set(key, [...(BY_NAME.get(key) ?? []), city])
  }
}

/** All cities of that name, whatever its letters and spaces. */
export function findCities(name: string): readonly City[] {
  return BY_NAME.get(placeKey(name)) ?? []
}

/** The city of that name; without a province only when one city has it or one of them is a provincial capital. */
export function findCity(name: string, provinceId?: number): City | undefined {
  const found = findCities(name)
  if (provinceId !== undefined) return found.find((city) => city.province === provinceId)
  if (found.length < 2) return found[0]
  return found.find((city) => PROVINCES.some((p) => p.id === city.province && p.capital === city.name))
}

/** A province by its Persian or English name or its code. */
export function findProvince(name: string): Province | undefined {
  const key = placeKey(name)
  return PROVINCES.find((p) => [p.name, p.en, p.code].some((n) => placeKey(n) === key))
}
