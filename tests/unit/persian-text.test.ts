import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fixKeyboard,
  fixKeyboardToLatin,
  fold,
  spellings,
  tidy,
  toLatinDigits,
  toPersianDigits,
} from '../../shared/domain/persian-text.ts'

const persian = fc.string({
  unit: fc.constantFrom(...'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكىةأإآؤئءـًٌَُِّ۰۱٢٣45ab \u200c\u200f\u00ac\u200bﷲﻋ'),
  maxLength: 20,
})
const pasted = fc.string({
  unit: fc.constantFrom(...'ابیك\u0653\u064e9 \u200b\u200c\u200d\u200f\u202e\u2068\u0007\u0085\ufeff\r\n\t'),
  maxLength: 20,
})

describe('tidy', () => {
  it.each([
    ['  علي   رضايي ', 'علی رضایی'],
    ['كاظم\u00acپور', 'کاظم\u200cپور'],
    ['می\u200bرود', 'می\u200cرود'],
    ['\u200fمریم\u200e', 'مریم'],
    ['\u202bمریم\u202c', 'مریم'],
    ['علی\u202eرضا\u2066یی\u2069', 'علیرضایی'],
    ['علی \u200f\u200eرضایی', 'علی رضایی'],
    ['\u202a0912\u202c 345', '0912 345'],
    ['عل\u0000ی\u0007\u001b\u007f\u0090', 'علی'],
    ['علی\tرضایی\u000bپور', 'علی رضایی پور'],
    ['می\u200cرود و ه\u200dم', 'می\u200cرود و ه\u200dم'],
    ['ا\u0007\u0653ب', 'آب'],
    ['\u200dعلی\u200c', 'علی'],
    ['علی\u200c\u200e\u200cپور', 'علی\u200cپور'],
    ['خط یک  \r\n  خط   دو', 'خط یک\nخط دو'],
    ['الف\n\nب', 'الف\n\nب'],
    ['علی \u200cپور', 'علی پور'],
    ['علی\u200c\u200cپور', 'علی\u200cپور'],
    ['ﻋﻠﻲ', 'علی'],
    ['آ', 'آ'],
    ['ا\u0653ب', 'آب'],
    ['۱۲٣ ABC', '۱۲٣ ABC'],
  ])('makes %j into %j', (from, to) => expect(tidy(from)).toBe(to))

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.oneof(persian, pasted), (s) => tidy(tidy(s)) === tidy(s)))
  })
})

describe('fold', () => {
  it.each([
    ['إيران', 'ایران'],
    ['رضائی', 'رضایی'],
    ['امضاء', 'امضا'],
    ['محمّد', 'محمد'],
    ['عـلـی', 'علی'],
    ['مؤمنی', 'مومنی'],
    ['فاطمة', 'فاطمه'],
    ['ۀۂەہھ', 'ههههه'],
    ['ﷲ', 'الله'],
    ['٠١٢۳۴۵Ab', '012345ab'],
    ['آرش أمین ٱ', 'ارش امین ا'],
    ['علی\u00acپور', 'علی\u200cپور'],
    ['كريمي', 'کریمی'],
    ['É', 'e'],
  ])('makes %j into %j', (from, to) => expect(fold(from)).toBe(to))

  it('is the same for every form tidy makes, and for itself', () => {
    fc.assert(
      fc.property(persian, (s) => {
        expect(fold(fold(s))).toBe(fold(s))
        const bare = (x: string) => fold(x).replace(/[\s\u200c]/g, '')
        expect(bare(tidy(s))).toBe(bare(s))
      }),
    )
  })

  it('equals folding character by character', () => {
    fc.assert(fc.property(persian, (s) => [...s].map(fold).join('') === fold(s)))
  })
})

describe('spellings', () => {
  it.each([
    ['هیات', 'هییت'],
    ['هییتمدیره', 'هیاتمدیره'],
    [fold('مسئول'), fold('مسوول')],
    [fold('مسؤولیت'), fold('مسئولیت')],
    ['نعمتاله', 'نعمتالله'],
    ['عبدالله', 'عبداله'],
  ])('%s is also %s', (a, b) => {
    expect(spellings(a)).toContain(b)
    expect(spellings(b)).toContain(a)
  })
  it('leaves other words alone', () => expect(spellings('معروف')).toEqual(['معروف']))
})

describe('digits and keyboard', () => {
  it('changes digits only', () => {
    expect(toLatinDigits('۰۹۱۲ ٣٤٥ x6')).toBe('0912 345 x6')
    expect(toPersianDigits('0912 ٣٤٥ x')).toBe('۰۹۱۲ ۳۴۵ x')
  })
  it.each([
    ['sghl', 'سلام'],
    ['ugd vqhdd', 'علی رضایی'],
    ['htahv', 'افشار'],
    ["'hvhC", 'گاراژ'],
    ['Hvhl', 'آرام'],
    ['mv,hki', 'پروانه'],
    ['\\v,hki', 'پروانه'],
    ['];', 'چک'],
    ['0912', '0912'],
  ])('reads %s as %s', (typed, meant) => expect(fixKeyboard(typed)).toBe(meant))
  it.each([
    ['شمه', 'ali'],
    ['يشبفشق ۱۲', 'daftar 12'],
    ['یشبفشق', 'daftar'],
  ])('reads %s as %s the other way', (typed, meant) => expect(fixKeyboardToLatin(typed)).toBe(meant))
  it('comes back to the same folded text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی ') }),
        (s) => fixKeyboard(fixKeyboardToLatin(s)) === s,
      ),
    )
  })
})
