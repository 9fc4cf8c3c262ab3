import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { birthIn } from '../../main/modules/imports/birthdays.ts'
import { guessMapping } from '../../main/modules/imports/guess.ts'
import { fieldOfHeader } from '../../main/modules/imports/headers.ts'
import { plainCode } from '../../main/modules/imports/numbers.ts'
import { parseFile } from '../../main/modules/imports/parse/parse-file.ts'
import { phonesIn } from '../../main/modules/imports/phones.ts'
import { mapRow, type RowRules } from '../../main/modules/imports/row.ts'
import { readRows } from '../../main/modules/imports/rows-file.ts'
import type { ImportField } from '../../shared/contract/imports.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'

const TODAY = '2026-11-22'
let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'daftar-rows-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Rows of a fixture as they would come in, under the guessed mapping. */
function mapped(name: string) {
  const rowsPath = join(dir, 'rows')
  const file = parseFile(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)), rowsPath)
  const mapping = file.mapping ?? guessMapping(file.headers, file.sample)
  const rules: RowRules = { headers: file.headers, mapping, today: TODAY, areaCode: '21', moneyUnit: 'toman' }
  return [...readRows(rowsPath)].map((row) => mapRow(row, rules))
}
function one(cells: Partial<Record<ImportField, string>>) {
  const mapping = Object.keys(cells) as ImportField[]
  const rules: RowRules = { headers: mapping, mapping, today: TODAY, areaCode: null, moneyUnit: 'toman' }
  return mapRow({ row: 7, cells: Object.values(cells) }, rules)
}
const phones = (r: ReturnType<typeof one>) =>
  r.mapped?.input.channels?.filter((c) => c.kind === 'phone').map((c) => [c.type, c.value])

describe('columns', () => {
  it.each([
    ['نام و نام خانوادگی', 'full_name'],
    ['موبايل', 'mobile'],
    ['شماره همراه (۲)', 'mobile'],
    ['كد ملی', 'national_id'],
    ['Phone 1 - Value', 'phone'],
    ['E-mail 2 - Value', 'email'],
    ['Organization Name', 'works_at'],
    ['سقف اعتبار', 'credit_limit'],
    ['نحوهٔ آشنایی', 'source'],
    ['آدرس محل کار ۱', 'address'],
    ['رنگ مو', null],
    ['کد مشتری', null],
    ['شماره پرونده', null],
    ['تاریخ ثبت مشتری', null],
    ['مانده حساب', null],
    ['Phone 1 - Label', null],
    ['Business Country/Region', null],
    ['Company Main Phone', 'phone'],
    ['ش.موبایل', 'mobile'],
    ['سقف اعتبار (ریال)', 'credit_limit'],
    ['گروه', 'groups'],
    ['گروه‌ها', 'groups'],
    ['گروه مشتری', 'groups'],
    ['گروه‌های مشتریان', 'groups'],
    ['Groups', 'groups'],
    ['Customer Group', 'groups'],
    ['Group Membership', 'tags'],
    ['برچسب', 'tags'],
    ['برچسب‌ها', 'tags'],
    ['نقش', 'role'],
    ['نقش‌ها', 'role'],
    ['تلفن‌ها', 'phone'],
    ['شماره‌ها', 'phone'],
    ['شماره‌های تلفن', 'phone'],
    ['شماره‌های موبایل', 'mobile'],
    ['آدرس‌ها', 'address'],
    ['نشانی‌ها', 'address'],
    ['ایمیل‌ها', 'email'],
    ['شهرها', 'city'],
    ['Cities', 'city'],
    ['Names', 'full_name'],
    ['کدهای ملی', 'national_id'],
    ['کدهای مشتری', null],
    ['Orders', null],
    ['Status', null],
    ['Address', 'address'],
  ])('«%s» is %s', (header, field) => {
    expect(fieldOfHeader(header)).toBe(field)
  })

  it('are told by their values where the header says nothing', () => {
    const rows = [
      ['09121234567', '0012345679', 'تهران', 'a@b.ir', '1370/01/02', 'علی رضایی'],
      ['۰۹۳۵۱۲۳۴۵۶۷', '0012345679', 'شیراز', 'c@d.ir', '1360/10/20', 'مینا شکوهی'],
    ]
    expect(guessMapping([], rows)).toEqual(['mobile', 'national_id', 'city', 'email', 'birthday', 'full_name'])
  })

  it('are told by names, places and check digits, and left alone where the header says they are something else', () => {
    const rows = [
      [
        '1',
        'علی',
        'رضایی',
        'تهران',
        'خیابان آزادی، پلاک ۱۲',
        '6104337812345674',
        '2,500,000',
        '1404/01/05',
        'IR820540102680020817909002',
      ],
      ['2', 'زهرا', 'کریمی', 'فارس', 'بلوار زند، کوچهٔ ۴', '', '0', '1404/02/09', ''],
      ['3', 'مریم', 'صادقی', 'گیلان', 'رشت، میدان شهرداری', '', '120,000', '1404/02/11', ''],
    ]
    expect(guessMapping([], rows)).toEqual([
      null,
      'first_name',
      'last_name',
      'province',
      'address',
      'card_number',
      null,
      null,
      'sheba',
    ])
    const headers = ['ردیف', 'x', 'y', 'z', 'w', 'شماره فاکتور', 'مانده', 'تاریخ ثبت', 's']
    expect(guessMapping(headers, rows)[5]).toBeNull()
  })

  it('a lone «نام» holds the whole name, beside «نام خانوادگی» the first', () => {
    expect(guessMapping(['نام', 'تلفن'], [])).toEqual(['full_name', 'phone'])
    expect(guessMapping(['نام', 'نام خانوادگی'], [])).toEqual(['first_name', 'last_name'])
  })
})

describe('a row of an accounting program', () => {
  it('splits names, phones and tags, restores zeros, reads Jalali days and money', () => {
    const { mapped: row, problems } = mapped('accounting.csv')[0]!
    expect(row?.input).toMatchObject({
      kind: 'person',
      first_name: 'علی',
      last_name: 'محمدی‌پور',
      birth_jy: 1360,
      birth_jm: 5,
      birth_jd: 12,
      credit_limit: 500_000_000,
    })
    expect(row?.input.channels?.map((c) => [c.type, c.value])).toEqual([
      ['mobile', '9123334455'],
      ['work', '021 8877 6655'],
      ['work', '021-88776656'],
    ])
    expect(row?.input.addresses).toEqual([
      { type: 'work', province: 'تهران', city: 'تهران', address: 'خ. انقلاب', postal_code: null },
    ])
    expect(row?.tags).toEqual(['عمده', 'خوش‌حساب'])
    expect(row?.keys.phones).toEqual(['9123334455', '2188776655', '2188776656'])
    expect(problems).toEqual([])
  })

  it('knows a company by its name, and its city by the address', () => {
    const { mapped: row } = mapped('accounting.csv')[1]!
    expect(row?.input).toMatchObject({ kind: 'company', company_name: 'بازرگانی صدف', credit_limit: 200_000_000 })
    expect(row?.city).toBe('اصفهان')
    expect(row?.input.about).toBe('گفته بود "بعداً" می‌آید')
  })

  it('keeps what it cannot read in «about» and lists it, and brings the row in', () => {
    const { mapped: row, problems } = mapped('accounting.csv')[2]!
    expect(row?.name).toBe('زهرا کریمی')
    expect(problems.map((p) => [p.code, p.field])).toEqual([
      ['BAD_DATE', 'birthday'],
      ['BAD_NUMBER', 'credit_limit'],
    ])
    expect(row?.input.about).toBe('تاریخ تولد: 31/13/1370\nسقف اعتبار: زیاد')
  })

  it('refuses a row with neither name nor phone, and lists a word in a phone column', () => {
    const rows = mapped('accounting.csv')
    expect(rows[3]!.mapped).toBeNull()
    expect(rows[3]!.problems[0]?.code).toBe('NO_NAME_OR_PHONE')
    expect(rows[4]!.problems).toMatchObject([{ row: 6, code: 'BAD_PHONE', field: 'mobile', value: 'ندارد' }])
    expect(rows[4]!.mapped?.name).toBe('رضا علوی')
  })
})

describe('a row of a phone', () => {
  it('reads Google’s export: labels without its own groups, two phones in a cell, the employer', () => {
    const { mapped: row } = mapped('google.csv')[0]!
    expect(row?.input).toMatchObject({ title: 'آقای', first_name: 'حسین', last_name: 'کاظمی' })
    expect(row?.companion).toEqual({ kind: 'company', name: 'شرکت پارس', role: 'مدیر خرید', company_id: null })
    expect(row?.keys.phones).toEqual(['9121112233', '9351112233', '2122334455'])
    expect(row?.tags).toEqual(['خریداران'])
    expect([row?.input.birth_jy, row?.input.birth_jm, row?.input.birth_jd]).toEqual([1364, 1, 1])
    expect(mapped('google.csv')[2]!.mapped?.input).toMatchObject({ kind: 'company', company_name: 'شرکت آسمان آبی' })
  })

  it('reads cards of Android and iPhone', () => {
    const android = mapped('android-2.1.vcf')
    expect(android[0]!.mapped?.input).toMatchObject({ first_name: 'علی', last_name: 'رضایی' })
    expect(android[1]!.mapped?.input).toMatchObject({ first_name: 'فاطمه', last_name: 'کریمی' })
    expect(android[2]!.problems[0]?.code).toBe('NO_NAME_OR_PHONE')
    const iphone = mapped('iphone-3.0.vcf')
    expect(iphone[0]!.mapped?.input).toMatchObject({ birth_jy: null, birth_jm: 2, birth_jd: 31 })
    expect(iphone[0]!.mapped?.companion).toMatchObject({ name: 'بیمارستان مهر', role: 'جراح' })
    expect(iphone[1]!.mapped?.input.kind).toBe('company')
  })
})

describe('values', () => {
  it.each([
    ['021-88776655', ['021-88776655']],
    ['021 - 8877 6655', ['021 - 8877 6655']],
    ['(0912) 123-4567', ['(0912) 123-4567']],
    ['021-88776655-6', ['021-88776655', '021-88776656']],
    ['02188776655/56/57', ['02188776655', '02188776656', '02188776657']],
    ['021-33445566,77', ['021-33445566', '021-33445577']],
    ['(021) 88776655 - 88776656', ['(021) 88776655', '021 88776656']],
    ['88776655-88776656', ['88776655', '88776656']],
    ['0912-111-2233 / 0935 111 2233', ['0912-111-2233', '0935 111 2233']],
    ['09121112233-09351112233', ['09121112233', '09351112233']],
    ['0912 1112233 0935 1112233', ['0912 1112233', '0935 1112233']],
    ['0912111223309351112233', ['09121112233', '09351112233']],
    ['۰۹۱۲۱۱۱۲۲۳۳، ۰۹۳۵۱۱۱۲۲۳۳ و 02188776655', ['۰۹۱۲۱۱۱۲۲۳۳', '۰۹۳۵۱۱۱۲۲۳۳', '02188776655']],
    ['0912 111 2233 ::: 0935 111 2233', ['0912 111 2233', '0935 111 2233']],
    ['همراه: 09121112233 منزل: 02188776655', ['09121112233', '02188776655']],
    ['021-88776655 داخلی 12', ['021-88776655 داخلی 12']],
    ['88776655 (۴ خط)', ['88776655']],
    ['+44 7911 123456', ['+44 7911 123456']],
  ])('«%s» is %j', (cell, expected) => {
    expect(phonesIn(cell)).toEqual(expected.map(toLatinDigits))
  })

  it.each([
    ['9121234567.0', '9121234567'],
    ['9.121234567E+09', '9121234567'],
    ['9.12E+09', null],
    ['6.1043378E+15', null],
    ['00123', '00123'],
    ['12.5', '12.5'],
  ])('the number «%s» of a spreadsheet is %s', (cell, expected) => {
    const { text, lost } = plainCode(cell)
    expect(lost ? null : text).toBe(expected)
  })

  it('a number whose last digits are gone is listed and kept, and does not become a phone', () => {
    const { mapped: row, problems } = one({ full_name: 'علی رضایی', mobile: '9.12E+09' })
    expect(problems.map((p) => [p.code, p.field, p.value])).toEqual([['LOST_DIGITS', 'mobile', '9.12E+09']])
    expect(row?.keys.phones).toEqual([])
    expect(row?.input.about).toBe('mobile: 9.12E+09')
  })

  it.each([
    ['1360/5/12', [1360, 5, 12]],
    ['۱۳۶۰-۰۵-۱۲', [1360, 5, 12]],
    ['1981-08-03', [1360, 5, 12]],
    ['29801', [1360, 5, 12]],
    ['19900521', [1369, 2, 31]],
    ['--0321', [null, 1, 1]],
    ['۷۰/۵/۳', [1370, 5, 3]],
    ['3/5/1370', [1370, 5, 3]],
    ['1370.5.3 00:00', [1370, 5, 3]],
    ['۳ مرداد ۱۳۷۰', [1370, 5, 3]],
    ['سوم مرداد ۱۳۷۰', [1370, 5, 3]],
    ['1370 مرداد 3', [1370, 5, 3]],
    ['25 Jul 1991', [1370, 5, 3]],
    ['July 25, 1991', [1370, 5, 3]],
    ['25-Jul-91', [1370, 5, 3]],
    ['۲۵ ژوئیه ۱۹۹۱', [1370, 5, 3]],
    ['7/25/1991 12:00:00 AM', [1370, 5, 3]],
    ['33444.0', [1370, 5, 3]],
    ['1403/12/30', [1403, 12, 30]],
    ['۳ مرداد', [null, 5, 3]],
    ['05/03', [null, 5, 3]],
    ['29/12', [null, 12, 29]],
    ['30 اسفند', null],
    ['1370', null],
    ['فردا', null],
    ['1999-99-99', null],
    ['1420/01/01', null],
  ])('birthday «%s»', (cell, expected) => {
    const birth = birthIn(cell, TODAY)
    expect(birth && [birth.jy, birth.jm, birth.jd]).toEqual(expected)
  })

  it('gives a person the company they work at and a company the person it is met through', () => {
    expect(one({ full_name: 'علی رضایی', company_name: 'پارس', job: 'مدیر' }).mapped?.companion).toMatchObject({
      kind: 'company',
      role: 'مدیر',
    })
    const company = one({ kind: 'حقوقی', full_name: 'علی رضایی', company_name: 'پارس' }).mapped
    expect(company?.input.company_name).toBe('پارس')
    expect(company?.companion).toMatchObject({ kind: 'person', name: 'علی رضایی' })
  })

  it('takes a row that has a phone only, and one in a «fax» column as fax', () => {
    const row = one({ mobile: '09121234567', fax: '02188776655' })
    expect(row.mapped?.name).toBe('')
    expect(phones(row)).toEqual([
      ['mobile', '09121234567'],
      ['fax', '02188776655'],
    ])
  })

  it('starts a second address where a field comes again', () => {
    const mapping: ImportField[] = ['address', 'city', 'address', 'city', 'full_name']
    const rules: RowRules = { headers: [], mapping, today: TODAY, areaCode: null, moneyUnit: 'toman' }
    const row = mapRow({ row: 1, cells: ['الف', 'قم', 'ب', 'یزد', 'علی رضایی'] }, rules)
    expect(row.mapped?.input.addresses?.map((a) => [a.address, a.city, a.province])).toEqual([
      ['الف', 'قم', 'قم'],
      ['ب', 'یزد', 'یزد'],
    ])
  })

  it('cuts what is too long for its field and keeps it whole in «about»', () => {
    const long = 'ا'.repeat(150)
    const row = one({ first_name: long, last_name: 'رضایی' })
    expect(row.mapped?.input.first_name).toHaveLength(100)
    expect(row.mapped?.input.about).toContain(long)
    expect(row.problems[0]?.code).toBe('TOO_LONG')
  })

  it.each([
    ['national_id', '1234567890', '0012345679'],
    ['national_id', '۱۲۳', '۰۰۱۲۳۴۵۶۷۹'],
    ['company_id', '10100302749', '10100302746'],
    ['economic_code', '12', '411111111111'],
    ['sheba', 'IR820540102680020817909003', 'IR820540102680020817909002'],
    ['card_number', '6104337812345675', '6104-3378-1234-5674'],
  ] as const)(
    'a wrong %s («%s») comes in as it stands and is pointed out, a right one is not',
    (field, wrong, right) => {
      const { mapped: row, problems } = one({ company_name: 'پخش نگین', [field]: wrong })
      expect(problems).toEqual([{ row: 7, code: 'BAD_CODE', field, value: toLatinDigits(wrong) }])
      expect(row?.input[field]).toBe(toLatinDigits(wrong))
      expect(one({ company_name: 'پخش نگین', [field]: right }).problems).toEqual([])
      expect(one({ company_name: 'پخش نگین', [field]: '0' })).toMatchObject({ problems: [] })
    },
  )

  it('points out a postal code, and the id of the company someone works at, that cannot be right', () => {
    const address = one({ full_name: 'علی رضایی', address: 'خیابان آزادی', postal_code: '۱۲۳۴۵' })
    expect(address.problems.map((p) => [p.code, p.field])).toEqual([['BAD_CODE', 'postal_code']])
    expect(address.mapped?.input.addresses?.[0]?.postal_code).toBe('۱۲۳۴۵')
    const employed = one({ full_name: 'علی رضایی', works_at: 'پارس', company_id: '10100302749' })
    expect(employed.problems.map((p) => [p.code, p.field])).toEqual([['BAD_CODE', 'company_id']])
    expect(employed.mapped?.companion?.company_id).toBe('10100302749')
  })

  it('keeps a mobile that cannot be dialled among the phones and points it out, but no landline without its area code', () => {
    for (const wrong of ['123', '912345', '12345678', '091212345678']) {
      const { mapped: row, problems } = one({ full_name: 'علی رضایی', mobile: wrong })
      expect(problems).toEqual([{ row: 7, code: 'BAD_PHONE', field: 'mobile', value: wrong }])
      expect(row?.input.channels?.map((c) => c.value)).toEqual([wrong])
    }
    expect(one({ full_name: 'علی رضایی', phone: '88776655' }).problems).toEqual([])
    expect(one({ full_name: 'علی رضایی', phone: '4455' }).problems[0]?.code).toBe('BAD_PHONE')
  })

  it('says all that is wrong with a row that cannot come in', () => {
    const { mapped: row, problems } = one({ city: 'قم', national_id: '12' })
    expect(row).toBeNull()
    expect(problems.map((p) => p.code)).toEqual(['NO_NAME_OR_PHONE', 'BAD_CODE'])
  })
})
