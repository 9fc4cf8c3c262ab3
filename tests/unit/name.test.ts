import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAMILY_NAMES } from '../../shared/data/family-names.ts'
import { GIVEN_NAMES } from '../../shared/data/given-names.ts'
import { displayName, initial, looksLikeCompany, sortName, splitName } from '../../shared/domain/name.ts'
import { fold, tidy } from '../../shared/domain/persian-text.ts'

describe('splitName', () => {
  it.each([
    ['علی رضایی', 'علی', 'رضایی'],
    ['محمد علی کریمی', 'محمد علی', 'کریمی'],
    ['محمدعلی کریمی', 'محمدعلی', 'کریمی'],
    ['امیر حسین', 'امیر', 'حسین'],
    ['علی رضا', 'علی', 'رضا'],
    ['فاطمه زهرا موسوی', 'فاطمه زهرا', 'موسوی'],
    ['سید محمد علی حسینی', 'سید محمد علی', 'حسینی'],
    ['سید علی خامنه ای', 'سید علی', 'خامنه ای'],
    ['دکتر رضایی', 'دکتر', 'رضایی'],
    ['دکتر سارا کاظمی نژاد', 'دکتر سارا', 'کاظمی نژاد'],
    ['حاج آقا رضا نوری', 'حاج آقا رضا', 'نوری'],
    ['خانم مهندس احمدی', 'خانم مهندس', 'احمدی'],
    ['مريم السادات طباطبايي', 'مریم السادات', 'طباطبایی'],
    ['زهرا رضایی نژاد', 'زهرا', 'رضایی نژاد'],
    ['رضایی', '', 'رضایی'],
    ['  ', '', ''],
    ['حسین علی\u200cپور', 'حسین', 'علی\u200cپور'],
    ['نعمت الله صالحی', 'نعمت الله', 'صالحی'],
    ['علی رضا زاده', 'علی', 'رضا زاده'],
    ['علی گل محمدی', 'علی', 'گل محمدی'],
    ['زهرا رضا دوست', 'زهرا', 'رضا دوست'],
    ['مریم حسین خانی', 'مریم', 'حسین خانی'],
    ['John Smith', 'John', 'Smith'],
  ])('%s', (full, first, last) => expect(splitName(full)).toEqual({ first, last }))

  it('loses no word and leaves a last name', () => {
    const word = fc.constantFrom('سید', 'دکتر', 'محمد', 'علی', 'زهرا', 'رضایی', 'پور', 'حاج')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const { first, last } = splitName(words.join('  '))
        expect(`${first} ${last}`.trim()).toBe(words.join(' '))
        expect(last).not.toBe('')
      }),
    )
  })
})

describe('looksLikeCompany', () => {
  it.each([
    'شرکت پارس',
    'فروشگاه رضایی',
    'بازرگاني نور',
    'کلینیک دندان‌پزشکی سپید',
    'گروه صنایع بهمن',
    'موسسه مهر',
    'Pars Co.',
  ])('%s does', (name) => expect(looksLikeCompany(name)).toBe(true))
  it.each(['علی رضایی', 'شرکتی', 'مریم صنعتی', 'حسین گروهی', ''])('%s does not', (name) =>
    expect(looksLikeCompany(name)).toBe(false),
  )
})

describe('names to show and sort by', () => {
  const person = { kind: 'person', first_name: 'علی', last_name: 'رضایی', company_name: null } as const
  const company = { kind: 'company', first_name: null, last_name: null, company_name: 'شرکت پارس' } as const
  it('shows first then last and sorts by last', () => {
    expect([displayName(person), sortName(person)]).toEqual(['علی رضایی', 'رضایی علی'])
    expect([displayName(company), sortName(company)]).toEqual(['شرکت پارس', 'شرکت پارس'])
  })
  it('does with what there is', () => {
    expect(displayName({ ...person, first_name: null })).toBe('رضایی')
    expect(sortName({ ...person, last_name: '' })).toBe('علی')
    expect(displayName({ ...person, first_name: null, last_name: null, company_name: 'پارس' })).toBe('پارس')
    expect(displayName({ ...company, company_name: null })).toBe('')
  })
  it.each([
    ['علی رضایی', 'ع'],
    ['دکتر رضایی', 'ر'],
    ['شرکت پارس', 'پ'],
    ['آرش کمان', 'آ'],
    ['دکتر', 'د'],
    ['«نور»', 'ن'],
    ['ali', 'A'],
    ['', ''],
    ['۱۱۰', '۱'],
  ])('the avatar of %s has %s', (name, letter) => expect(initial(name)).toBe(letter))
})

describe('name lists', () => {
  it.each([
    ['given', GIVEN_NAMES.map((n) => n.name), 320],
    ['family', [...FAMILY_NAMES], 330],
  ] as const)('%s names are many, distinct when folded, and tidy', (_, names, least) => {
    expect(names.length).toBeGreaterThanOrEqual(least)
    expect(new Set(names.map((n) => fold(n).replaceAll('\u200c', ''))).size).toBe(names.length)
    for (const name of names) {
      expect(name).toBe(tidy(name))
      expect(name).toMatch(/^[\u0621-\u06cc\u200c]{2,}$/)
    }
    expect(names.filter((n) => n.includes('\u200c')).length).toBeGreaterThan(5)
  })
})
