import { describe, expect, test } from 'vitest'
import { copyNames } from '../../renderer/modules/backups/copy-names.ts'
import { formatDateTime, type Lang } from '../../shared/domain/format.ts'

const NOON = Date.UTC(2026, 10, 22, 8, 30, 7)
const copy = (at: number | null, folder = '/data/backups', name = `daftar-${at}.db`) => ({
  file: `${folder}/${name}`,
  folder,
  at,
})
const named = (copies: ReturnType<typeof copy>[], language: Lang = 'fa') => {
  const say = (at: number | null) => (at === null ? '?' : formatDateTime(at, NOON, language))
  const names = copyNames(copies, say, language)
  return copies.map(({ file }) => names.get(file)!)
}

describe('what copies in a list are called', () => {
  test('is their minute, as long as no other has it', () => {
    expect(named([copy(NOON), copy(NOON - 60_000)])).toEqual([
      { when: 'امروز ۱۲:۰۰', label: 'امروز ۱۲:۰۰' },
      { when: 'امروز ۱۱:۵۹', label: 'امروز ۱۱:۵۹' },
    ])
  })

  test('has seconds in the digits of the language where two are of one minute, and only there', () => {
    const copies = [copy(NOON + 5000), copy(NOON), copy(NOON - 3_600_000)]
    expect(named(copies).map(({ when }) => when)).toEqual(['امروز ۱۲:۰۰:۱۲', 'امروز ۱۲:۰۰:۰۷', 'امروز ۱۱:۰۰'])
    expect(named(copies, 'en').map(({ label }) => label)).toEqual(['Today 12:00:12', 'Today 12:00:07', 'Today 11:00'])
  })

  test('names the folder to whoever does not see the row, when one copy lies in two', () => {
    const names = named([copy(NOON), copy(NOON, '/media/usb/Daftar'), copy(NOON - 2000)])
    expect(names.map(({ when }) => when)).toEqual(['امروز ۱۲:۰۰:۰۷', 'امروز ۱۲:۰۰:۰۷', 'امروز ۱۲:۰۰:۰۵'])
    expect(names[1]!.label).toBe('امروز ۱۲:۰۰:۰۷ (\u2068Daftar\u2069)')
    expect(new Set(names.map(({ label }) => label)).size).toBe(3)
    expect(named([copy(NOON), copy(NOON, '/media/usb/Daftar')])[0]!.when).toBe('امروز ۱۲:۰۰')
  })

  test('is the file too where two are of one second and one folder', () => {
    const names = named([copy(NOON), copy(NOON + 1)])
    expect(names[0]!.label).toBe(`امروز ۱۲:۰۰ (\u2068daftar-${NOON}.db\u2069)`)
    expect(names[1]!.label).not.toBe(names[0]!.label)
  })

  test('is the file where the time cannot be read', () => {
    const [one, two] = named([copy(null, '/b', 'x.db'), copy(null, '/b', 'y.db')])
    expect(one!.label).not.toBe(two!.label)
  })
})
