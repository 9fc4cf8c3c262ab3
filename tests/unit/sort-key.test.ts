import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../shared/domain/persian-text.ts'
import { looseForms, looseKey, sortKey } from '../../shared/domain/sort-key.ts'

const collator = new Intl.Collator('fa', { sensitivity: 'base' })
/** Folded as far as the order goes: the seats of a hamza are one letter with what they look like, آ is not. */
const folded = (text: string) => text.normalize('NFKC').split('آ').map(fold).join('آ')
const order = (a: string, b: string) => Math.sign(collator.compare(folded(a), folded(b)))
const keyOrder = (a: string, b: string) => {
  const [x, y] = [sortKey(a), sortKey(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** A repeatable stream, far faster than shrinking generators for many pairs. */
function source(seed: number) {
  let state = seed
  return (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const SETS: Record<string, string> = {
  letters: 'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی ',
  'letters with half-space and Arabic forms': 'ابپتدرزسشعقکگلمنوهی\u200c \u0640يىكةأإؤئءآۀ',
  'digits, Latin and signs': 'ابک ۱۲٣45aBzZéç-_.,،؛؟!«»()[]/\\&#%٪+*:;\'"@',
  marks: 'ابتکمن\u064e\u064f\u0650\u0651\u0652\u200c',
  'neighbouring alphabets': 'ابٹڈڑڤںڭټځڅکگ',
}

describe('sortKey', () => {
  for (const [name, characters] of Object.entries(SETS)) {
    it(`orders 20,000 random pairs as Intl.Collator does: ${name}`, () => {
      const random = source(name.length)
      const all = [...characters]
      const text = () => Array.from({ length: random(9) }, () => all[random(all.length)]!).join('')
      for (let i = 0; i < 20_000; i++) {
        const a = text()
        const b = random(3) === 0 ? a + text() : text()
        if (keyOrder(a, b) !== order(a, b))
          expect.fail(`${JSON.stringify([a, b])}: ${keyOrder(a, b)}, collator ${order(a, b)}`)
      }
    })
  }

  it('puts every pair of single known characters as the collator does', () => {
    const all = [...new Set(Object.values(SETS).join(''))].filter((c) => fold(c) !== '')
    for (const a of all) for (const b of all) expect(keyOrder(a, b), `${a} and ${b}`).toBe(order(a, b))
  })

  it('keeps the Persian alphabet, where code points do not', () => {
    const alphabet = [...'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی']
    expect([...alphabet].sort((a, b) => keyOrder(a, b))).toEqual(alphabet)
    expect([...alphabet].sort()).not.toEqual(alphabet)
  })

  it('is sorted the same by SQLite, one byte a Persian letter', () => {
    const names = [
      'پارسا',
      'بهار',
      'یاس',
      'گلی',
      'کاوه',
      'علی‌پور',
      'علی پور',
      'علیزاده',
      'Ali',
      '۱۱۰',
      'چمن',
      'ژاله',
      'ورد',
      'هما',
      '日本',
      'ж',
    ]
    const db = new Database(':memory:')
    db.exec('create table n(name text, k text) strict')
    for (const name of names) db.prepare('insert into n values (?, ?)').run(name, sortKey(name))
    const sorted = db.prepare('select name from n order by k').pluck().all()
    const rare = ['ж', '日本']
    expect(sorted).toEqual([...names.filter((n) => !rare.includes(n)).sort(order), ...rare.sort(keyOrder)])
    expect(Buffer.byteLength(sortKey('آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی'))).toBe(33)
  })

  it('gives a prefix the prefix of the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        fc.pre(fold(a + b).startsWith(fold(a)))
        expect(sortKey(a + b).startsWith(sortKey(a))).toBe(true)
      }),
    )
  })

  it('begins the alphabet with آ, however it is coded, and not with the seats of a hamza', () => {
    const names = ['ابراهیم', 'آژانس', 'احمد', 'آرش', 'أحمد', 'بهار', 'ا\u0653ذر', 'ﺁزاد']
    expect(names.sort(keyOrder)).toEqual(['ا\u0653ذر', 'آرش', 'ﺁزاد', 'آژانس', 'ابراهیم', 'احمد', 'أحمد', 'بهار'])
    expect(sortKey('إيران')).toBe(sortKey('ایران'))
  })

  it('takes آ and ا for one where keys are compared', () => {
    expect(looseKey(sortKey('خان‌آبادی'))).toBe(looseKey(sortKey('خان‌ابادی')))
    expect(looseForms(sortKey('ارش ازادی'), 4)).toContain(sortKey('آرش آزادی'))
    expect(looseForms(sortKey('آرش آزادی'), 4)).toContain(sortKey('ارش ازادی'))
    expect(looseForms(sortKey('خرم‌اباد'), 4)).toContain(sortKey('خرم‌آباد'))
    expect(looseForms(sortKey('ا'.repeat(300)), 4)).toHaveLength(4)
    expect(looseForms(sortKey('بهار'), 4)).toHaveLength(2)
  })

  it('treats spellings of one name as one', () => {
    expect(sortKey('علي\u200cپور')).toBe(sortKey('علیپور'))
    expect(sortKey('رضائی')).toBe(sortKey('رضایی'))
    expect(sortKey('كاظمي')).toBe(sortKey('کاظمی'))
    expect(sortKey('علی پور')).not.toBe(sortKey('علیپور'))
  })
})
