import * as oracle from '@persian-tools/persian-tools'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANKS } from '../../shared/data/banks.ts'
import {
  checkCard,
  checkCompanyId,
  checkEconomicCode,
  checkNationalId,
  checkPostalCode,
  checkSheba,
  restoreNationalId,
} from '../../shared/domain/iran.ts'

const digits = (n: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n })
const different = (s: string) => new Set(s).size > 1

describe('national id', () => {
  it.each([
    '0499370899',
    '0790419904',
    '0084575948',
    '0963695398',
    '0684159414',
    '۰۰۶۷۷۴۹۸۲۸',
    '006-774982-8',
    ' \u200f0067749828 ',
  ])('accepts %s', (raw) =>
    expect(checkNationalId(raw)).toMatchObject({ ok: true, value: expect.stringMatching(/^\d{10}$/) }),
  )
  it.each([
    ['0684159415', 'checksum'],
    ['1111111111', 'repeated'],
    ['068415941', 'length'],
    ['', 'length'],
    ['06841594ab', 'format'],
  ])('refuses %s: %s', (raw, reason) => expect(checkNationalId(raw)).toMatchObject({ ok: false, reason }))
  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(digits(10), (s) => {
        fc.pre(different(s))
        expect(checkNationalId(s).ok).toBe(oracle.verifyIranianNationalId(s, { checkPrefix: false }))
      }),
      { numRuns: 5000 },
    )
  })
  it('restores zeros lost in a spreadsheet only when the check digit agrees', () => {
    expect(restoreNationalId('84575948')).toBe('0084575948')
    expect(restoreNationalId('499370899')).toBe('0499370899')
    expect(restoreNationalId('0499370899')).toBe('0499370899')
    expect(restoreNationalId('499370898')).toBeNull()
    expect(restoreNationalId('4575948')).toBeNull()
    expect(restoreNationalId('علی')).toBeNull()
  })
})

describe('company id', () => {
  it.each(['10380284790', '14007650912', '10861677542', '14005893875', '10100171920'])('accepts %s', (raw) =>
    expect(checkCompanyId(raw)).toEqual({ ok: true, value: raw }),
  )
  it.each([
    ['10380284792', 'checksum'],
    ['09053650091', 'checksum'],
    ['10300000000', 'format'],
    ['1038028479', 'length'],
  ])('refuses %s: %s', (raw, reason) => expect(checkCompanyId(raw)).toMatchObject({ ok: false, reason }))
  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(digits(11), (s) => {
        fc.pre(different(s))
        expect(checkCompanyId(s).ok).toBe(oracle.verifyIranianLegalId(s) === true)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('codes known by length only', () => {
  it('economic code: 11, 12 or 14 digits', () => {
    for (const raw of ['10380284790', '411111111112', '14003600001234']) expect(checkEconomicCode(raw).ok).toBe(true)
    expect(checkEconomicCode('1234567890123')).toMatchObject({ ok: false, reason: 'length' })
    expect(checkEconomicCode('4111-1111-1112')).toEqual({ ok: true, value: '411111111112' })
  })
  it('postal code: 10 digits', () => {
    expect(checkPostalCode('۱۹۳۹۵-۱۴۵۶۷')).toEqual({ ok: true, value: '1939514567' })
    expect(checkPostalCode('193951456')).toMatchObject({ ok: false, reason: 'length' })
    expect(checkPostalCode('0000000000')).toMatchObject({ ok: false, reason: 'repeated' })
  })
})

describe('Sheba', () => {
  it.each([
    ['IR820540102680020817909002', 'parsian'],
    ['ir55 0570 0220 8001 3447 3701 01', 'pasargad'],
    ['550570022080013447370101', 'pasargad'],
    ['IR790610000000700796858044', 'shahr'],
    ['IR۵۵۰۵۷۰۰۲۲۰۸۰۰۱۳۴۴۷۳۷۰۱۰۱', 'pasargad'],
  ])('%s is of %s', (raw, bank) =>
    expect(checkSheba(raw)).toEqual({ ok: true, bank, value: expect.stringMatching(/^IR\d{24}$/) }),
  )
  it.each([
    ['IR820540102680020817909003', 'checksum'],
    ['IR82054010268002081790900', 'length'],
    ['GB820540102680020817909002', 'format'],
    ['', 'length'],
  ])('refuses %j: %s', (raw, reason) => expect(checkSheba(raw)).toMatchObject({ ok: false, reason }))
  it('agrees with another implementation, right or one digit wrong', () => {
    fc.assert(
      fc.property(digits(22), fc.nat(23), fc.integer({ min: 0, max: 9 }), (bban, at, digit) => {
        const check = String(98n - (BigInt(`${bban}182700`) % 97n)).padStart(2, '0')
        const good = check + bban
        const maybe = good.slice(0, at) + digit + good.slice(at + 1)
        expect(checkSheba(good).ok).toBe(true)
        expect(checkSheba(maybe).ok).toBe(oracle.isShebaValid(`IR${maybe}`))
        expect(checkSheba(maybe).ok).toBe(maybe === good)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('card', () => {
  it.each([
    ['6037701689095443', 'keshavarzi'],
    ['6219 8610 3452 9007', 'saman'],
    ['۶۲۱۹-۸۶۱۰-۳۴۵۲-۹۰۰۷', 'saman'],
  ])('%s is of %s', (raw, bank) => expect(checkCard(raw)).toMatchObject({ ok: true, bank }))
  it.each([
    ['6219861034529008', 'checksum'],
    ['621986103452900', 'length'],
    ['0000000000000000', 'repeated'],
  ])('refuses %s: %s', (raw, reason) => expect(checkCard(raw)).toMatchObject({ ok: false, reason }))
  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(digits(15), digits(1), (a, b) => {
        const card = `6${a.slice(1)}${b}`
        fc.pre(different(card))
        expect(checkCard(card).ok).toBe(oracle.verifyCardNumber(Number(card)) === true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('banks', () => {
  it('have a name in both languages, and no code twice', () => {
    const all = Object.values(BANKS)
    for (const bank of all) expect([bank.fa, bank.en].every(Boolean)).toBe(true)
    for (const codes of [all.flatMap((b) => b.sheba), all.flatMap((b) => b.bins)]) {
      expect(new Set(codes).size).toBe(codes.length)
    }
  })
})
