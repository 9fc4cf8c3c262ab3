import { afterAll, describe, expect, it } from 'vitest'
import { parsing, windows1256 } from '../support/parsing.ts'

const files = parsing()
afterAll(files.done)

/** Quoted-printable of UTF-8, broken softly after every 20 bytes: within letters too. */
function printable(text: string): string {
  const bytes = Array.from(Buffer.from(text), (b) => `=${b.toString(16).toUpperCase().padStart(2, '0')}`)
  const lines: string[] = []
  for (let i = 0; i < bytes.length; i += 20) lines.push(bytes.slice(i, i + 20).join(''))
  return lines.join('=\r\n')
}
/** Folded by bytes, as RFC 2426 lets one: a letter may be cut in two. */
function folded(line: string, width = 25): Buffer {
  const bytes = Buffer.from(line)
  const parts: Buffer[] = []
  for (let i = 0; i < bytes.length; i += width) parts.push(bytes.subarray(i, i + width), Buffer.from('\r\n '))
  return Buffer.concat([...parts.slice(0, -1), Buffer.from('\r\n')])
}
const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
const cells = (file: ReturnType<typeof files.read>, row: number) =>
  Object.fromEntries(file.rows[row]!.cells.map((c, i) => [file.headers[i]!, c] as const).filter(([, c]) => c !== ''))

describe('cards as phones and programs write them', () => {
  it('Samsung and Android 2.1: letters cut by soft breaks, a soft break left open, custom fields', () => {
    const file = files.read(
      card(
        'VERSION:2.1',
        `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${printable('حسینی')};${printable('سید علی‌اکبر')};;;`,
        `FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${printable('سید علی‌اکبر حسینی')}`,
        'TEL;CELL;PREF:09121234567',
        'TEL;WORK;FAX:02188776600',
        `X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/nickname;${printable('اکبر آقا')};1;;;;;;;;;;;;;`,
        'X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1991-07-25;3;;;;;;;;;;;;;',
        `NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${printable('نقد')}=`,
        'ORG;CHARSET=UTF-8:پخش نگین',
      ),
    )
    expect(cells(file, 0)).toEqual({
      FN: 'سید علی‌اکبر حسینی',
      'N (given)': 'سید علی‌اکبر',
      'N (family)': 'حسینی',
      ORG: 'پخش نگین',
      'TEL (cell)': '09121234567',
      'TEL (fax)': '02188776600',
      BDAY: '1991-07-25',
      NOTE: 'نقد\nاکبر آقا',
    })
  })

  it('lines folded inside a letter', () => {
    const name = 'فاطمه‌زهرا ابراهیم‌زادهٔ اصفهانی'
    const file = files.read(
      Buffer.concat([
        Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\n'),
        folded(`FN:${name}`),
        folded(`NOTE:${'یادداشت بلند '.repeat(20)}`),
        Buffer.from('END:VCARD\r\n'),
      ]),
    )
    expect(file.facts.encoding).toBe('utf-8')
    expect(cells(file, 0).FN).toBe(name)
    expect(cells(file, 0).NOTE).toBe('یادداشت بلند '.repeat(20).trim())
  })

  it('Outlook in Windows-1256, with and without saying so', () => {
    const text = card(
      'VERSION:2.1',
      'N;LANGUAGE=fa:محمدی;علی',
      'FN:علی محمدی',
      'ORG:شرکت پارس;فروش',
      'TITLE:مدیر',
      'TEL;WORK;VOICE:(021) 8877-6655',
      'TEL;CELL;VOICE:0912 123 4567',
      'ADR;WORK;PREF:;;خیابان ولیعصر;تهران;;1415893411;ایران',
      'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
      'X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:',
      ' /9j/4AAQSkZJRgABAQEAAAAAAAD',
      '',
      'REV:20260101T000000Z',
    )
    const file = files.read(windows1256(text))
    expect(file.facts).toMatchObject({ encoding: 'windows-1256', photos: 1, cards: 1 })
    const [row] = file.mapped()
    expect(row?.mapped?.input).toMatchObject({ first_name: 'علی', last_name: 'محمدی' })
    expect(row?.mapped?.companion).toMatchObject({ name: 'شرکت پارس', role: 'مدیر' })
    expect(row?.mapped?.keys.phones).toEqual(['9121234567', '2188776655'])
    expect(row?.mapped?.city).toBe('تهران')
    const said = files.read(card('VERSION:2.1', 'FN;CHARSET=windows-1256;ENCODING=QUOTED-PRINTABLE:=DA=E1=ED', 'TEL:1'))
    expect(cells(said, 0).FN).toBe('علي')
  })

  it('iCloud: labels of its own, lists of people as tags, an address at home', () => {
    const file = files.read(
      [
        card(
          'VERSION:3.0',
          'FN:همکاران',
          'N:همکاران;;;;',
          'X-ADDRESSBOOKSERVER-KIND:group',
          'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A-1',
          'UID:G-1',
        ),
        card(
          'VERSION:3.0',
          'N:نوری;زهرا;;;',
          'FN:زهرا نوری',
          'UID:A-1',
          'item1.TEL:09131112233',
          'item1.X-ABLabel:همراه',
          'item2.TEL:03136251122',
          'item2.X-ABLabel:_$!<HomeFAX>!$_',
          'item3.ADR;type=HOME:;;چهارباغ\\, پلاک ۲;اصفهان;;;',
          'BDAY;value=date:--0803',
          'IMPP;X-SERVICE-TYPE=Telegram:x-apple:@znouri',
        ),
      ].join(''),
    )
    expect(file.facts).toMatchObject({ cards: 2, groups: 1 })
    expect(file.total).toBe(1)
    expect(cells(file, 0)).toMatchObject({
      'TEL (cell)': '09131112233',
      'TEL (fax)': '03136251122',
      'ADR (home)': 'چهارباغ, پلاک ۲',
      'ADR (home, city)': 'اصفهان',
      CATEGORIES: 'همکاران',
    })
    const [row] = file.mapped()
    expect(row?.mapped?.tags).toEqual(['همکاران'])
    expect(row?.mapped?.input.addresses?.[0]?.type).toBe('home')
    expect([row?.mapped?.input.birth_jy, row?.mapped?.input.birth_jm, row?.mapped?.input.birth_jd]).toEqual([
      null,
      5,
      12,
    ])
  })

  it('Thunderbird and 4.0: small letters, quoted parameters with a colon, an extension', () => {
    const file = files.read(
      [
        'begin:vcard',
        'fn:Reza Alavi',
        'n:Alavi;Reza',
        'tel;work:021 8877 6655',
        'email;internet:reza@example.ir',
        'version:2.1',
        'end:vcard',
        '',
      ].join('\n') +
        card(
          'VERSION:4.0',
          'FN;ALTID="a:b;c":مینا صادقی',
          'TEL;VALUE=uri;TYPE="work,voice":tel:+98-21-8877-6600;ext=12',
          'KIND:org',
          'EMAIL:a@b.ir',
        ),
    )
    expect(cells(file, 0)).toEqual({
      FN: 'Reza Alavi',
      'N (given)': 'Reza',
      'N (family)': 'Alavi',
      TEL: '021 8877 6655',
      EMAIL: 'reza@example.ir',
    })
    expect(cells(file, 1)).toMatchObject({ FN: 'مینا صادقی', KIND: 'company', TEL: '+98-21-8877-6600 داخلی 12' })
    expect(file.mapped()[1]?.mapped?.keys.phones).toEqual(['2188776600'])
  })

  it('an agent inside a card is nobody of their own, however deep, and a card that the file ends in is to be looked at', () => {
    const deep = `AGENT:\r\n${card('FN:منشی', 'AGENT:', card('FN:منشیِ منشی').trimEnd(), 'TEL:1').trimEnd()}`
    const file = files.read(
      card('VERSION:2.1', 'FN:مدیر', deep, 'TEL:09121234567') + 'BEGIN:VCARD\r\nFN:ناتمام\r\nTEL:0912',
    )
    expect(file.rows.map((r) => [r.cells[0], r.fault ?? null])).toEqual([
      ['مدیر', null],
      ['ناتمام', 'UNREADABLE'],
    ])
    expect(cells(file, 0).TEL).toBe('09121234567')
  })

  it('a text in base64, and a picture of any length on one line, counted and let go', () => {
    const file = files.read(
      card(
        'VERSION:3.0',
        `FN;ENCODING=b;CHARSET=UTF-8:${Buffer.from('علی رضایی').toString('base64')}`,
        `PHOTO;ENCODING=b:${'A'.repeat(3_000_000)}`,
        'TEL:09121234567',
      ),
    )
    expect(cells(file, 0)).toEqual({ FN: 'علی رضایی', TEL: '09121234567' })
    expect(file.facts.photos).toBe(1)
  })
})
