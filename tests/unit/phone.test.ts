import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { formatPhone, parsePhone } from '../../shared/domain/phone.ts'
import { AREA_PROVINCE } from '../../shared/domain/phone-areas.ts'

const MINE = { ok: true, e164: '+989123456789', national: '9123456789', kind: 'mobile', operator: 'mci' }

describe('parsePhone', () => {
  it.each([
    '09123456789',
    '9123456789',
    '+989123456789',
    '00989123456789',
    '989123456789',
    '9809123456789',
    '+98 (0)912 345 6789',
    '0912 345 6789',
    '0912-345-6789',
    '0912.345.67.89',
    '۰۹۱۲۳۴۵۶۷۸۹',
    '٠٩١٢٣٤٥٦٧٨٩',
    '\u200f0912\u200c3456789\u200e',
    ' +98 912 3456789',
    '009123456789',
    '0912 345 6789 (علی)',
    'همراه: 09123456789',
    '\u202d+989123456789\u202c',
    '‎+98 912 345 6789',
  ])('reads the mobile %s', (raw) => expect(parsePhone(raw)).toEqual(MINE))

  it.each([
    ['02188776655', '2188776655', 'tehran'],
    ['021-8877 6655', '2188776655', 'tehran'],
    ['۰۳۱ ۳۲۲۲ ۳۳۴۴', '3132223344', 'isfahan'],
    ['+98 51 3844 5566', '5138445566', 'razavi-khorasan'],
    ['8733221100', '8733221100', 'kurdistan'],
    ['021-88776655 داخلی 12', '2188776655', 'tehran'],
  ])('reads the landline %s', (raw, national, province) =>
    expect(parsePhone(raw)).toEqual({ ok: true, e164: `+98${national}`, national, kind: 'landline', province }),
  )

  it.each([
    ['09351234567', 'irancell'],
    ['09011234567', 'irancell'],
    ['09211234567', 'rightel'],
    ['09911234567', 'mci'],
    ['09981234567', 'shatel'],
    ['09991112233', 'aptel'],
    ['09999912345', 'samantel'],
  ])('knows the operator of %s', (raw, operator) => expect(parsePhone(raw)).toMatchObject({ ok: true, operator }))

  it('completes a local number with the area code of the shop', () => {
    expect(parsePhone('8877 6655')).toEqual({ ok: false, reason: 'needs_area_code', national: '88776655' })
    for (const areaCode of ['021', '21', '۰۲۱']) {
      expect(parsePhone('8877 6655', { areaCode })).toMatchObject({ ok: true, e164: '+982188776655' })
    }
    expect(parsePhone('88776655', { areaCode: '099' })).toMatchObject({ ok: false, reason: 'needs_area_code' })
  })

  it.each([
    ['', 'empty', ''],
    ['   ', 'empty', ''],
    ['ندارد', 'empty', ''],
    ['+', 'empty', ''],
    ['1540', 'too_short', '1540'],
    ['۱۵۴۰', 'too_short', '1540'],
    ['90012', 'too_short', '90012'],
    ['0912345678', 'too_short', '912345678'],
    ['091234567890', 'too_long', '91234567890'],
    ['09441234567', 'invalid', '9441234567'],
    ['09971234567', 'invalid', '9971234567'],
    ['+447911', 'too_short', '447911'],
    ['+44791112345678', 'too_long', '44791112345678'],
  ])('refuses %j as %s and keeps its digits', (raw, reason, national) =>
    expect(parsePhone(raw)).toEqual({ ok: false, reason, national }),
  )

  it('reads numbers from abroad with their country code', () => {
    expect(parsePhone('+44 7911 123456')).toEqual({
      ok: true,
      e164: '+447911123456',
      national: '447911123456',
      kind: 'mobile',
    })
    expect(parsePhone('0044 7911 123456')).toMatchObject({ ok: true, e164: '+447911123456' })
    expect(parsePhone('+971 50 123 4567')).toMatchObject({ ok: true, e164: '+971501234567', kind: 'mobile' })
  })

  it('agrees with libphonenumber on every Iranian prefix', () => {
    let valid = 0
    for (let prefix = 100; prefix < 1000; prefix++) {
      for (const rest of ['3456789', '1112233', '0000000', '8877665']) {
        const national = `${prefix}${rest}`
        const theirs = parsePhoneNumberFromString(`+98${national}`)?.isValid() ?? false
        expect(parsePhone(national).ok, national).toBe(theirs)
        if (theirs) valid++
      }
    }
    expect(valid).toBeGreaterThan(1000)
  })

  it('has an area code for each of the 31 provinces', () => {
    expect(new Set(Object.values(AREA_PROVINCE)).size).toBe(31)
  })
})

describe('formatPhone', () => {
  it.each([
    ['+989123456789', '0912 345 6789'],
    ['9123456789', '0912 345 6789'],
    ['+982188776655', '021 8877 6655'],
    ['+447911123456', '+44 7911 123456'],
    ['۱۵۴۰', '1540'],
    [' ندارد ', 'ندارد'],
  ])('shows %s as %s', (raw, shown) => expect(formatPhone(raw)).toBe(shown))

  it('is read back as the same number', () => {
    for (const e164 of ['+989351112233', '+983132223344', '+12025550123', '+905321234567']) {
      expect(parsePhone(formatPhone(e164))).toMatchObject({ ok: true, e164 })
    }
  })
})
