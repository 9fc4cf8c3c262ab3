import { CITIES, findCity, findProvince, PROVINCES } from '../../../shared/data/places.ts'
import type { Choice } from '../../ui/option-search.ts'

export const provinceChoices: readonly Choice[] = PROVINCES.map(({ name }) => ({ id: name, label: name }))

const provinceName = new Map(PROVINCES.map(({ id, name }) => [id, name]))
/** Capitals first: they are what most people look for. */
const cities = [...CITIES].sort((a, b) => Number(isCapital(b)) - Number(isCapital(a)))

function isCapital(city: (typeof CITIES)[number]): boolean {
  return PROVINCES.some((province) => province.id === city.province && province.capital === city.name)
}

const cityChoice = (city: (typeof CITIES)[number]): Choice => ({
  id: String(city.id),
  label: city.name,
  description: provinceName.get(city.province),
})
const allCities: readonly Choice[] = cities.map(cityChoice)

/** Cities of a province; of all when it is null or none we know. */
export function cityChoices(province: string | null): readonly Choice[] {
  const known = province ? findProvince(province) : undefined
  return known ? cities.filter((city) => city.province === known.id).map(cityChoice) : allCities
}

/** The province of a city that was chosen or typed; null when the name alone does not tell. */
export function provinceOf(city: string, id: string | null): string | null {
  const found = id === null ? findCity(city) : CITIES.find((each) => String(each.id) === id)
  return found ? (provinceName.get(found.province) ?? null) : null
}
