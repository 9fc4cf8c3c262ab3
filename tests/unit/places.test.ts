import { describe, expect, it } from 'vitest'
import { CITIES, findCities, findCity, findProvince, PROVINCES } from '../../shared/data/places.ts'
import { tidy } from '../../shared/domain/persian-text.ts'
import { AREA_PROVINCE } from '../../shared/domain/phone-areas.ts'

describe('places', () => {
  it('has 31 provinces, each with cities, its capital among them, and its area code', () => {
    expect(PROVINCES).toHaveLength(31)
    for (const p of PROVINCES) {
      expect(findCity(p.capital, p.id), p.capital).toBeDefined()
      expect(findCity(p.capital)?.province, p.capital).toBe(p.id)
      expect(AREA_PROVINCE[p.areaCode]).toBe(p.code)
      expect(p.name).toBe(tidy(p.name))
    }
  })
  it('has about 1,300 cities with distinct ids, and no name twice in a province', () => {
    expect(CITIES.length).toBeGreaterThan(1300)
    expect(new Set(CITIES.map((c) => c.id)).size).toBe(CITIES.length)
    expect(new Set(CITIES.map((c) => `${c.name}|${c.province}`)).size).toBe(CITIES.length)
    for (const c of CITIES) expect(c.name).toMatch(/^[\u0621-\u06cc \u200c()]+$/)
  })
  it.each([
    ['تهران', 8],
    ['شهر تهران', 8],
    ['خرم‌آباد', 26],
    ['خرم اباد', 26],
    ['بندر عباس', 29],
    ['تالش', 25],
    ['كرج', 5],
    ['تبریز', 1],
  ])('finds %s', (name, province) => expect(findCity(name)?.province).toBe(province))
  it('does not guess between twins', () => {
    const twins = CITIES.find((c) => findCities(c.name).length > 1 && !PROVINCES.some((p) => p.capital === c.name))!
    expect(findCity(twins.name)).toBeUndefined()
    expect(findCity(twins.name, twins.province)).toMatchObject({ province: twins.province })
    expect(findCity('ناکجاآباد')).toBeUndefined()
  })
  it('finds a province by any of its names', () => {
    for (const name of ['استان فارس', 'فارس', 'Fars', 'fars']) expect(findProvince(name)?.id).toBe(17)
    expect(findProvince('سیستان و بلوچستان')?.code).toBe('sistan-baluchestan')
    expect(findProvince('چین')).toBeUndefined()
  })
})
