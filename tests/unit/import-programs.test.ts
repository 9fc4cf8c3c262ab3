import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { librarySheets } from '../../main/modules/imports/parse/excel.ts'
import { leanOldSheets } from '../../main/modules/imports/parse/xls-lean.ts'
import { leanSheets } from '../../main/modules/imports/parse/xlsx-lean.ts'
import type { RowResult } from '../../main/modules/imports/row.ts'
import { parsing, windows1256 } from '../support/parsing.ts'

const files = parsing()
afterAll(files.done)

const channels = (row: RowResult | undefined) => row?.mapped?.input.channels?.map((c) => [c.type, c.value])
const addresses = (row: RowResult | undefined) =>
  row?.mapped?.input.addresses?.map((a) => [a.type, a.province, a.city, a.address, a.postal_code])
const birth = (row: RowResult | undefined) => {
  const { birth_jy, birth_jm, birth_jd } = row!.mapped!.input
  return [birth_jy, birth_jm, birth_jd]
}
const csv = (...rows: string[][]) => rows.map((row) => row.join(',')).join('\r\n')

describe('tables of address books', () => {
  it('Google, the columns before 2023 in UTF-16: labels, groups, `:::` in phones and addresses', () => {
    const headers =
      'Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Organization 1 - Name,Organization 1 - Title'
    const row =
      'سید محمد رضوی,محمد,سید,رضوی,,1985-03-21,نقد می‌خرد,همکاران ::: * myContacts,* Home,m@example.ir ::: r@example.ir,Mobile,0912 111 2233 ::: 0935-111-2233,Work Fax,021-88776655,Home,"x","خیابان سعدی ::: خیابان حافظ",شیراز ::: تهران,,71345 ::: 11456,پخش نگین,مدیر فروش'
    const file = files.read(Buffer.from(`\ufeff${headers}\n${row}\n`, 'utf16le'))
    expect(file.facts).toMatchObject({ encoding: 'utf-16le', delimiter: ',', header_row: 1 })
    const [one] = file.mapped()
    expect(one?.mapped?.input).toMatchObject({ first_name: 'محمد سید', last_name: 'رضوی' })
    expect(channels(one)).toEqual([
      ['work', 'm@example.ir'],
      ['work', 'r@example.ir'],
      ['mobile', '0912 111 2233'],
      ['mobile', '0935-111-2233'],
      ['fax', '021-88776655'],
    ])
    expect(addresses(one)).toEqual([
      ['home', 'فارس', 'شیراز', 'خیابان سعدی', '71345'],
      ['home', 'تهران', 'تهران', 'خیابان حافظ', '11456'],
    ])
    expect(one?.mapped?.tags).toEqual(['همکاران'])
    expect(one?.mapped?.companion).toMatchObject({ name: 'پخش نگین', role: 'مدیر فروش' })
    expect(birth(one)).toEqual([1364, 1, 1])
    expect(one?.problems.map((p) => [p.code, p.value])).toEqual([
      ['BAD_CODE', '71345'],
      ['BAD_CODE', '11456'],
    ])
  })

  it('Outlook: streets in parts, a place for home and one for work, its «0/0/00» and month before day', () => {
    const columns: Record<string, string[]> = {
      Title: ['Mr.', ''],
      'First Name': ['Ali', 'مینا'],
      'Middle Name': ['Reza', ''],
      'Last Name': ['Karimi', 'تهرانی'],
      Company: ['Pars Co', ''],
      Department: ['Sales', ''],
      'Job Title': ['Buyer', ''],
      'Business Street': ['Valiasr Ave.', ''],
      'Business Street 2': ['No. 12', ''],
      'Business City': ['تهران', ''],
      'Business Postal Code': ['1415893411', ''],
      'Business Country/Region': ['Iran', ''],
      'Home Street': ['', 'خیابان حافظ'],
      'Home City': ['کرج', 'شیراز'],
      "Assistant's Phone": ['', ''],
      'Business Fax': ['02188776600', ''],
      'Business Phone': ['(021) 8877 6655', ''],
      'Business Phone 2': ['', ''],
      'Home Phone': ['', '071-36251122'],
      'Mobile Phone': ['+98 (912) 345-6789', '00989171234567'],
      Pager: ['77', ''],
      Anniversary: ['0/0/00', '0/0/00'],
      Birthday: ['5/6/1990', '0/0/00'],
      Categories: ['همکار;ویژه', ''],
      'E-mail Address': ['ali@example.com', ''],
      'E-mail Type': ['SMTP', ''],
      'E-mail Display Name': ['Ali Karimi (ali@example.com)', ''],
      Notes: ['"دو سطر\r\nیادداشت"', ''],
      'Web Page': ['https://pars.example', ''],
      Priority: ['Normal', 'Normal'],
    }
    const names = Object.keys(columns)
    const file = files.read(
      csv(
        names,
        names.map((n) => columns[n]![0]!),
        names.map((n) => columns[n]![1]!),
      ),
    )
    const [ali, mina] = file.mapped()
    expect(ali?.mapped?.input).toMatchObject({ title: 'Mr.', first_name: 'Ali Reza', last_name: 'Karimi' })
    expect(channels(ali)).toEqual([
      ['fax', '02188776600'],
      ['work', '(021) 8877 6655'],
      ['mobile', '+98 (912) 345-6789'],
      ['work', 'ali@example.com'],
      ['website', 'https://pars.example'],
    ])
    expect(addresses(ali)).toEqual([
      ['work', 'تهران', 'تهران', 'Valiasr Ave.، No. 12', '1415893411'],
      ['home', 'البرز', 'کرج', null, null],
    ])
    expect(birth(ali)).toEqual([1369, 2, 16])
    expect(ali?.mapped?.tags).toEqual(['همکار', 'ویژه'])
    expect(channels(mina)).toEqual([
      ['home', '071-36251122'],
      ['mobile', '00989171234567'],
    ])
    expect(addresses(mina)).toEqual([['home', 'فارس', 'شیراز', 'خیابان حافظ', null]])
    expect([...(ali?.problems ?? []), ...(mina?.problems ?? [])]).toEqual([])
  })

  it('Thunderbird: the birthday in three columns', () => {
    const file = files.read(
      csv(
        'First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Job Title,Organization,Birth Year,Birth Month,Birth Day,Notes'.split(
          ',',
        ),
        'زهرا,نوری,زهرا نوری,,z@example.ir,,,03136251122,,,09131112233,چهارباغ,پلاک ۲,اصفهان,,81456,پزشک,بیمارستان مهر,1991,7,25,'.split(
          ',',
        ),
      ),
    )
    const [row] = file.mapped()
    expect(birth(row)).toEqual([1370, 5, 3])
    expect(addresses(row)).toEqual([['home', 'اصفهان', 'اصفهان', 'چهارباغ، پلاک ۲', '81456']])
    expect(channels(row)).toEqual([
      ['work', 'z@example.ir'],
      ['home', '03136251122'],
      ['mobile', '09131112233'],
    ])
    expect(row?.problems.map((p) => [p.code, p.value])).toEqual([['BAD_CODE', '81456']])
  })
})

describe('tables of Iranian programs', () => {
  it('an accounting program in Windows-1256: a title, its date, repeated headers and sums', () => {
    const text = [
      'فروشگاه نمونه;;;;;',
      'لیست اشخاص تا تاریخ 1405/08/30;;;;;',
      ';;;;;',
      'ردیف;کد;نام شخص;تلفن 1;تلفن 2;موبایل;مانده;تشخیص',
      '1;101;علی محمدی;02188776655;88776656;9121234567;1,250,000;بد',
      '2;102;شرکت پخش نگین;031-32221100;;;0;-',
      'ردیف;کد;نام شخص;تلفن 1;تلفن 2;موبایل;مانده;تشخیص',
      '3;103;زهرا چگینی;;;0935 111 22 33;-45,000;بس',
      'جمع کل;;;;;;1,205,000;',
      'تعداد: 3 نفر;;;;;;;',
    ].join('\r\n')
    const file = files.read(windows1256(text))
    expect(file.facts).toMatchObject({ encoding: 'windows-1256', delimiter: ';', header_row: 4, titles: 3, totals: 2 })
    expect(file.mapping).toEqual([null, null, 'full_name', 'phone', 'phone', 'mobile', null, null])
    const rows = file.mapped()
    expect(rows.map((r) => [r.mapped?.input.kind, r.mapped?.name, r.mapped?.keys.phones])).toEqual([
      ['person', 'علی محمدی', ['2188776655', '2188776656', '9121234567']],
      ['company', 'شرکت پخش نگین', ['3132221100']],
      ['person', 'زهرا چگینی', ['9351112233']],
    ])
    expect(rows.flatMap((r) => r.problems)).toEqual([])
  })

  it('an online accounting program: both names, both ids, credit in rials', () => {
    const file = files.read(
      csv(
        [
          'کد حسابداری',
          'نام مستعار',
          'عنوان',
          'نام',
          'نام خانوادگی',
          'شرکت',
          'شناسه ملی',
          'کد اقتصادی',
          'استان',
          'شهر',
          'کد پستی',
          'آدرس',
          'تلفن',
          'فکس',
          'موبایل',
          'وب سایت',
          'اعتبار مالی (ریال)',
          'تاریخ تولد',
        ],
        [
          '000012',
          'آقای کرمی',
          'آقای',
          'حسن',
          'کرمی',
          '',
          '84575948',
          '',
          'کرمان',
          'رفسنجان',
          '7718897111',
          'بلوار جمهوری',
          '034-34255555',
          '',
          '="09131234567"',
          '',
          '500000000',
          '۷۰/۵/۳',
        ],
        [
          '000013',
          'شرکت البرز',
          '',
          '',
          '',
          'شرکت البرز',
          '10380284790',
          '411123456789',
          'تهران',
          'تهران',
          '',
          '',
          '021-88776655/56',
          '02188776600',
          '',
          'alborz.example',
          '',
          '',
        ],
      ),
    )
    const [person, company] = file.mapped()
    expect(person?.mapped?.input).toMatchObject({
      kind: 'person',
      title: 'آقای',
      first_name: 'حسن',
      last_name: 'کرمی',
      national_id: '0084575948',
      credit_limit: 500_000_000,
    })
    expect(birth(person)).toEqual([1370, 5, 3])
    expect(channels(person)).toEqual([
      ['work', '034-34255555'],
      ['mobile', '09131234567'],
    ])
    expect(company?.mapped?.input).toMatchObject({
      kind: 'company',
      company_id: '10380284790',
      economic_code: '411123456789',
    })
    expect(channels(company)).toEqual([
      ['work', '021-88776655'],
      ['work', '021-88776656'],
      ['fax', '02188776600'],
      ['website', 'alborz.example'],
    ])
  })

  it('orders of a market place: one who bought twice is two rows, the rest of the columns stay out', () => {
    const file = files.read(
      csv(
        [
          'شماره سفارش',
          'تاریخ ثبت',
          'نام گیرنده',
          'شماره تماس گیرنده',
          'استان',
          'شهر',
          'آدرس گیرنده',
          'کد پستی',
          'نام کالا',
          'تعداد',
          'مبلغ کل',
        ],
        [
          '112233445',
          '1405/07/01',
          'مریم صادقی',
          '9123456789',
          'تهران',
          'تهران',
          '"خ. آزادی، پلاک ۱۲"',
          '1345678912',
          'کتری برقی',
          '1',
          '8500000',
        ],
      ),
    )
    expect(file.mapping).toEqual([
      null,
      null,
      'full_name',
      'phone',
      'province',
      'city',
      'address',
      'postal_code',
      null,
      null,
      null,
    ])
    expect(file.mapped()[0]?.mapped?.keys.phones).toEqual(['9123456789'])
  })

  it('no header at all: columns are told by their values', () => {
    const file = files.read(
      [
        '1|علی رضایی|09121234567|تهران|0012345679|1370/5/3',
        '2|زهرا کریمی|09351234567|اصفهان|0084575948|1365/12/29',
        '3|بازرگانی صدف|03132221100|شیراز||',
        '4|محمد حسینی|0912 765 4321 - 0935 765 4321|کرج|0012345679|',
      ].join('\n'),
    )
    expect(file.facts).toMatchObject({ delimiter: '|', header_row: 0 })
    expect(file.mapping).toEqual([null, 'full_name', 'mobile', 'city', 'national_id', 'birthday'])
    expect(file.mapped()[3]?.mapped?.keys.phones).toEqual(['9127654321', '9357654321'])
  })
})

function sheet(rows: unknown[][], change?: (sheet: XLSX.WorkSheet, book: XLSX.WorkBook) => void): XLSX.WorkBook {
  const book = XLSX.utils.book_new()
  const made = XLSX.utils.aoa_to_sheet(rows, { cellDates: true })
  XLSX.utils.book_append_sheet(book, made, 'برگه۱')
  change?.(made, book)
  return book
}
const texts = (count: number) => Array.from({ length: count }, (_, i) => [`مشتری ${i}`, `0912${i}`])
const written = (book: XLSX.WorkBook, bookType: XLSX.BookType = 'xlsx') =>
  XLSX.write(book, { type: 'buffer', bookType }) as Buffer

describe('workbooks', () => {
  const list = [
    ['نام و نام خانوادگی', 'همراه', 'کد ملی', 'تاریخ تولد'],
    ['علی رضایی', 9121234567, 84575948, new Date(Date.UTC(1991, 6, 25))],
  ]

  it.each(['xlsx', 'xlsb', 'ods', 'biff8', 'xlml', 'html'] as const)('%s', (type) => {
    const rows = type === 'html' ? [list[0]!, ['علی رضایی', '9121234567', '84575948', '1991-07-25']] : list
    const file = files.read(written(sheet(rows), type))
    expect(file.format).toBe(['biff8', 'xlml', 'html'].includes(type) ? 'xls' : 'xlsx')
    const [row] = file.mapped()
    expect(row?.mapped).toMatchObject({
      name: 'علی رضایی',
      keys: { phones: ['9121234567'], national_id: '0084575948' },
    })
    expect(birth(row)).toEqual([1370, 5, 3])
  })

  it.each([
    ['its own code page', 1256],
    ['the wrong code page', 1252],
  ])('of Excel 95 in Windows-1256 that names %s', (_, page) => {
    const bytes = written(
      sheet([
        ['AAA', 'BBBBBB'],
        ['CCC DDDDD', '09121234567'],
      ]),
      'biff5',
    )
    const put = (ascii: string, text: string) => {
      for (let at = bytes.indexOf(ascii); at >= 0; at = bytes.indexOf(ascii)) windows1256(text).copy(bytes, at)
    }
    put('AAA', 'نام')
    put('BBBBBB', 'موبایل')
    put('CCC DDDDD', 'علی محمدی')
    const codepage = Buffer.from([0x42, 0x00, 0x02, 0x00])
    bytes.writeUInt16LE(page, bytes.indexOf(codepage) + 4)
    const file = files.read(bytes)
    expect(file.format).toBe('xls')
    expect(file.headers.map((h) => h.replaceAll('ي', 'ی'))).toEqual(['نام', 'موبایل'])
    expect(file.mapped()[0]?.mapped?.name).toBe('علی محمدی')
  })

  it('count days from 1904 where the workbook says so, and take a Jalali format for the day it shows', () => {
    const file = files.read(
      written(
        sheet(list, (made, book) => {
          book.Workbook = { WBProps: { date1904: true } }
          made.D2!.z = '[$-fa-IR,16]yyyy/mm/dd;@'
        }),
      ),
    )
    expect(birth(file.mapped()[0])).toEqual([1370, 5, 3])
  })

  it('give a merged value to its rows, and leave headings between rows and the parts of a double header in order', () => {
    const rows = [
      ['دفتر تلفن شرکت', null, null, null],
      ['نام', 'محل کار', 'تلفن', null],
      [null, null, 'ثابت', 'همراه'],
      ['شعبهٔ مرکزی', null, null, null],
      ['علی رضایی', 'پخش نگین', '02188776655', '09121234567'],
      ['زهرا کریمی', null, '02188776656', null],
      ['مینا صادقی', null, null, '09351234567'],
    ]
    const merges = ['A1:D1', 'C2:D2', 'A2:A3', 'B2:B3', 'A4:D4', 'B5:B7'].map((m) => XLSX.utils.decode_range(m))
    const file = files.read(written(sheet(rows, (made) => (made['!merges'] = merges))))
    expect(file.headers).toEqual(['نام', 'محل کار', 'تلفن ثابت', 'تلفن همراه'])
    expect(file.mapping).toEqual(['full_name', 'works_at', 'phone', 'mobile'])
    expect(file.facts).toMatchObject({ header_row: 2, titles: 2 })
    expect(file.mapped().map((r) => [r.mapped?.name, r.mapped?.companion?.name])).toEqual([
      ['علی رضایی', 'پخش نگین'],
      ['زهرا کریمی', 'پخش نگین'],
      ['مینا صادقی', 'پخش نگین'],
    ])
  })

  it('read the sheet with the list, list the others, and read another one or another header when told', () => {
    const book = sheet([['راهنما'], ['این فایل را پر کنید']])
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(list), 'مشتریان')
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([
        ['نام', 'تلفن'],
        ['پنهان', '1'],
      ]),
      'قدیمی',
    )
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 0 }, { Hidden: 1 }] }
    const bytes = written(book)
    expect(files.read(bytes).facts).toMatchObject({
      sheet: 'مشتریان',
      sheets: [
        { name: 'برگه۱', rows: 2, hidden: false },
        { name: 'مشتریان', rows: 2, hidden: false },
        { name: 'قدیمی', rows: 2, hidden: true },
      ],
    })
    expect(files.read(bytes, { sheet: 'قدیمی' }).rows).toEqual([{ row: 2, cells: ['پنهان', '1'] }])
    expect(files.read(bytes, { sheet: 'مشتریان', header_row: 0 })).toMatchObject({ headers: [], total: 2 })
  })

  it.each([
    ['xlsx', leanSheets],
    ['biff8', leanOldSheets],
  ] as const)('of the usual kind are read by our own reader as the library reads them: %s', (bookType, ours) => {
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'علی <&>"\'_x000D_\n\t0912é😀'), minLength: 1, maxLength: 8 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.date({ min: new Date('1930-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }),
      fc.constant(null),
    )
    const table = fc.array(fc.array(value, { maxLength: 5 }), { minLength: 1, maxLength: 6 })
    const trimmed = (sheets: ReturnType<typeof librarySheets> | null) =>
      sheets?.map((one) => ({
        name: one.name,
        hidden: one.hidden,
        merges: one.merges,
        rows: [...one.rows()]
          .map(({ row, cells }) => `${row}: ${cells.join('|').replace(/\|+$/, '')}`)
          .filter((line) => !/^\d+: $/.test(line)),
      }))
    fc.assert(
      fc.property(table, fc.boolean(), fc.boolean(), (rows, shared, date1904) => {
        const book = sheet(rows, (made, made_book) => {
          made['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 1, c: 2 } }]
          made_book.Workbook = { WBProps: { date1904 }, Sheets: [{ Hidden: 0 }] }
        })
        const bytes = XLSX.write(book, {
          type: 'buffer',
          bookType,
          bookSST: shared,
          compression: true,
        }) as Buffer
        const lean = trimmed(ours(bytes))
        expect(lean).toBeDefined()
        expect(lean).toEqual(trimmed(librarySheets(bytes, { type: 'buffer' })))
      }),
      { numRuns: 60 },
    )
  })

  it('of a .xls keep texts that go on from record to record, in letters of one byte and of two', () => {
    const texts = Array.from({ length: 400 }, (_, i) => [
      `${i % 3 ? 'plain é' : 'نشانی'} ${i} ${(i % 3 ? 'abc' : 'خیابان ').repeat(i % 90)}`,
    ])
    const bytes = XLSX.write(sheet(texts), { type: 'buffer', bookType: 'biff8', bookSST: true }) as Buffer
    const [first] = leanOldSheets(bytes)!
    expect(Array.from(first!.rows(), ({ cells }) => cells)).toEqual(texts.map(([text]) => [text!.trim()]))
  })

  it('of a .xls give packed numbers and the values of formulas, as the library gives them', () => {
    const record = (type: number, body: Buffer) => {
      const head = Buffer.alloc(4)
      head.writeUInt16LE(type, 0)
      head.writeUInt16LE(body.length, 2)
      return Buffer.concat([head, body])
    }
    const words = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer)
    const double = (value: number) => Buffer.from(new Float64Array([value]).buffer)
    const bits = (value: number) => Buffer.from(new Int32Array([value]).buffer)
    const begin = (part: number) => record(0x809, Buffer.concat([words(0x600, part, 0, 0), bits(0), bits(0)]))
    const end = record(0x0a, Buffer.alloc(0))
    const formula = (row: number, value: Buffer) =>
      record(0x06, Buffer.concat([words(row, 0, 0), value, words(0), bits(0), words(0)]))
    const special = (kind: number, value: number) => Buffer.from([kind, 0, value, 0, 0, 0, 0xff, 0xff])
    const cells = Buffer.concat([
      formula(0, double(12.5)),
      formula(1, special(0, 0)),
      record(0x207, Buffer.concat([words(3), Buffer.from([1]), Buffer.from('علی', 'utf16le')])),
      formula(2, special(1, 1)),
      formula(3, special(2, 42)),
      formula(4, special(3, 0)),
      record(0x27e, Buffer.concat([words(5, 0, 0), bits((-912 << 2) | 2)])),
      record(0x27e, Buffer.concat([words(6, 0, 0), bits((1234 << 2) | 3)])),
      record(0x27e, Buffer.concat([words(7, 0, 0), double(0.25).subarray(4)])),
      record(0xbd, Buffer.concat([words(8, 1, 0), bits((7 << 2) | 2), words(0), bits((8 << 2) | 2), words(2)])),
      record(0x205, Buffer.concat([words(9, 0, 0), Buffer.from([0, 0])])),
      record(0x205, Buffer.concat([words(10, 0, 0), Buffer.from([42, 1])])),
    ])
    const name = Buffer.from('Sheet1')
    const globals = (at: number) =>
      Buffer.concat([begin(5), record(0x85, Buffer.concat([bits(at), Buffer.from([0, 0, name.length, 0]), name])), end])
    const stream = Buffer.concat([globals(globals(0).length), begin(0x10), cells, end])
    const file = XLSX.CFB.utils.cfb_new()
    XLSX.CFB.utils.cfb_add(file, '/Workbook', stream)
    const bytes = Buffer.from(XLSX.CFB.write(file, { type: 'buffer' }) as Uint8Array)
    const read = (sheets: ReturnType<typeof librarySheets>) =>
      Array.from(sheets[0]!.rows(), ({ row, cells }) => `${row}: ${cells.join('|')}`)
    const ours = read(leanOldSheets(bytes)!)
    expect(ours).toEqual(read(librarySheets(bytes, { type: 'buffer' })))
    expect(ours).toEqual(
      '12.5 علی true _ _ -912 12.34 0.25 |7|8 false _'
        .split(' ')
        .map((line, i) => `${i + 1}: ${line.replace('_', '')}`),
    )
  })

  it('of a .xls that are cut short, or not what they say, are left to the library', () => {
    const bytes = written(sheet(texts(50)), 'biff8')
    for (let size = 0; size < bytes.length; size += 97) {
      const sheets = leanOldSheets(bytes.subarray(0, size))
      for (const one of sheets ?? []) expect(() => [...one.rows()]).not.toThrow()
    }
    expect(leanOldSheets(written(sheet(texts(5)), 'biff5'))).toBeNull()
  })

  it('take the value of a formula, and never work one out', () => {
    const file = files.read(
      written(
        sheet(
          [
            ['نام', 'موبایل'],
            ['علی', ''],
            ['مینا', ''],
          ],
          (made) => {
            made.B2 = { t: 's', v: '09121234567', f: 'CONCATENATE("0912","1234567")' }
            made.B3 = { t: 'e', v: 42, f: 'HYPERLINK("http://x","y")' }
          },
        ),
      ),
    )
    expect(file.rows.map((r) => r.cells)).toEqual([['علی', '09121234567'], ['مینا']])
  })
})
