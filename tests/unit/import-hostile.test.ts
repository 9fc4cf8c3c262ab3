import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parseInWorker } from '../../main/modules/imports/parse/parse.ts'
import { mapRow } from '../../main/modules/imports/row.ts'
import { tidy } from '../../shared/domain/persian-text.ts'
import { parsing, TODAY, windows1256 } from '../support/parsing.ts'

const files = parsing()
afterAll(files.done)

/** `npm run soak` asks for thousands. */
const RUNS = Number(process.env.DAFTAR_FUZZ_RUNS ?? 100)

const list = 'نام,تلفن\nعلی,09121234567\n'
const workbook = (bookType: XLSX.BookType) => {
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([
      ['نام', 'تلفن'],
      ['علی', '09121234567'],
    ]),
    'a',
  )
  return XLSX.write(book, { type: 'buffer', bookType }) as Buffer
}
const repeated = (text: string, bytes: number) => Buffer.alloc(bytes, text)

describe('a file that is no list', () => {
  it.each([
    ['nothing', 'EMPTY_FILE', ''],
    ['zeros, as a disk leaves them', 'BROKEN_FILE', Buffer.alloc(3_000_000)],
    ['blank lines', 'NO_ROWS', repeated('\r\n', 3_000_000)],
    ['spaces', 'NO_ROWS', repeated(' ', 6_000_000)],
    ['a header alone', 'NO_ROWS', 'نام,تلفن\n'],
    ['a picture that calls itself a table', 'UNKNOWN_FORMAT', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['a PDF', 'UNKNOWN_FORMAT', '%PDF-1.7\n1 0 obj'],
    ['a zip that is no workbook', 'UNKNOWN_FORMAT', zipOf('hello.txt')],
    ['a saved login page', 'UNKNOWN_FORMAT', '<!doctype html><html><body><form>ورود</form></body></html>'],
    ['a workbook cut short', 'BROKEN_FILE', workbook('xlsx').subarray(0, 4000)],
    ['an old workbook cut short', 'BROKEN_FILE', workbook('biff8').subarray(0, 2000)],
    ['a letter of Word', 'UNKNOWN_FORMAT', wordDocument()],
    ['a workbook with a password', 'PROTECTED_FILE', encryptedWorkbook()],
  ])('%s: %s', (_, code, bytes) => {
    expect(files.refusal(bytes)).toBe(code)
  })
})

describe('a file that is too much', () => {
  it.each([
    ['a million columns', `نام,تلفن\n${'a,'.repeat(1_000_000)}\nعلی,09121234567\n`, ['TOO_MANY_COLUMNS', null]],
    [
      'a million cells in quotes',
      `نام,تلفن\n${'"a",'.repeat(1_000_000)}\nعلی,09121234567\n`,
      ['TOO_MANY_COLUMNS', null],
    ],
    ['a cell of megabytes', `نام,تلفن\n${'a'.repeat(6_000_000)},1\nعلی,09121234567\n`, ['TOO_LONG', null]],
    ['a cell of many lines', `نام,تلفن\n"${'سطر\n'.repeat(100_000)}",1\nعلی,09121234567\n`, ['TOO_LONG', null]],
    ['no line end at all', repeated('a', 6_000_000), ['TOO_LONG']],
  ])('%s costs its row and nothing else', (_, bytes, faults) => {
    const file = files.read(bytes)
    expect(file.rows.map((r) => r.fault ?? null)).toEqual(faults)
    expect(Math.max(...file.rows.flatMap((r) => r.cells.map((c) => c.length)))).toBeLessThan(32_768)
  })

  it('a workbook that unpacks beyond the limit ends its thread and nobody else’s', async () => {
    const path = join(files.dir, 'bomb')
    writeFileSync(path, zipOf('xl/workbook.xml', 600 * 1024 * 1024))
    await expect(parseInWorker(path, join(files.dir, 'bomb-rows'))).rejects.toThrow('UNPACKS_TOO_LARGE')
  })

  it('a reading that nobody waits for any more ends', async () => {
    const path = join(files.dir, 'slow')
    writeFileSync(path, 'نام,تلفن\n'.repeat(500_000))
    const stop = new AbortController()
    const reading = parseInWorker(path, join(files.dir, 'slow-rows'), {}, stop.signal)
    stop.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
  })
})

describe('text', () => {
  it.each([
    ['utf-8', Buffer.from(list)],
    ['utf-8', Buffer.from(`\ufeff${list}`)],
    ['utf-16le', Buffer.from(`\ufeff${list}`, 'utf16le')],
    ['utf-16le', Buffer.from(list.repeat(3), 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${list}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(list.repeat(3), 'utf16le').swap16()],
    ['windows-1256', windows1256(list)],
    [
      'x-mac-arabic',
      Buffer.from([
        0xe6, 0xc7, 0xe5, 0x2c, 0xca, 0xe4, 0xe1, 0xe6, 0x0d, 0xd9, 0xe4, 0xea, 0x2c, 0x30, 0x39, 0x31, 0x32, 0x31,
        0x32, 0x33, 0x34, 0x35, 0x36, 0x37,
      ]),
    ],
    ['windows-1252', Buffer.from('Name,City\nJosé García,Málaga\nFrançois Lefèvre,Besançon\n', 'latin1')],
  ] as const)('in %s', (encoding, bytes) => {
    const file = files.read(bytes)
    expect(file.facts.encoding).toBe(encoding)
    expect(file.headers.length).toBe(2)
    const name = file.mapped()[0]?.mapped?.name
    expect(name).toBe(encoding === 'windows-1252' ? 'José García' : 'علی')
  })

  it('in another encoding when told so', () => {
    expect(files.read(windows1256(list), { encoding: 'windows-1252' }).headers).toEqual(['äÇã', 'ÊáÝä'])
    expect(files.read('نام;تلفن\nعلی,رضا;1\n', { delimiter: ',' }).facts.delimiter).toBe(',')
  })

  it('with a damaged letter: the row that has it is to be looked at, the others come in', () => {
    const bytes = Buffer.concat([
      Buffer.from('نام,شهر\nعلی رضایی,قم\nمین'),
      Buffer.from([0xd8]),
      Buffer.from(' صادقی,یزد\nزهرا نوری,کرج\n'),
    ])
    const file = files.read(bytes)
    expect(file.facts.encoding).toBe('utf-8')
    expect(file.rows.map((r) => r.fault ?? null)).toEqual([null, 'UNREADABLE', null])
  })

  it('that another program took for something else and saved again', () => {
    const text = 'نام,موبایل,شهر\nعلی رضایی,09121234567,تهران\nپژمان گل‌چین,09351234567,اصفهان\n'
    for (const wrong of ['windows-1252', 'windows-1256']) {
      const file = files.read(new TextDecoder(wrong).decode(Buffer.from(text)))
      expect(file.headers).toEqual(['نام', 'موبایل', 'شهر'])
      expect(file.rows[1]?.cells[0]).toBe('پژمان گل‌چین')
    }
    expect(files.read('نام,شهر\nعطاءالله ظهوری,طبس\nغلام عطایی,طالقان\nطاهره غفاری,ظفرآباد\n').rows[0]?.cells[0]).toBe(
      'عطاءالله ظهوری',
    )
  })

  it('that says its delimiter itself, ends lines with CR, or writes texts as formulas', () => {
    const said = files.read('sep=;\r\nنام;تلفن\r\nعلی,رضا;="0912"\r\n')
    expect(said.rows).toEqual([{ row: 3, cells: ['علی,رضا', '0912'] }])
    expect(files.read('نام,تلفن\rعلی,1\rمینا,2').rows.map((r) => r.cells[0])).toEqual(['علی', 'مینا'])
  })

  it.each([',', ';', '\t', '|', '،', '^', '~', '#'])('parted by %j', (mark) => {
    const file = files.read(
      ['نام', 'تلفن', 'شهر'].join(mark) +
        '\n' +
        'علی رضایی,09121234567,قم\nزهرا نوری,09351234567,کرج'.replaceAll(',', mark),
    )
    expect(file.facts.delimiter).toBe(mark)
    expect(file.rows[1]?.cells).toEqual(['زهرا نوری', '09351234567', 'کرج'])
  })

  it('with quotes that were never closed or never opened', () => {
    const file = files.read('نام,تلفن\n"علی,1\nحاج "رضا" محمدی,2\n"مینا",3\n"زهرا "خانم" نوری",4\n')
    expect(file.rows.map((r) => [r.cells[0], r.fault ?? null])).toEqual([
      ['"علی', 'UNREADABLE'],
      ['حاج "رضا" محمدی', null],
      ['مینا', null],
      ['زهرا "خانم" نوری', null],
    ])
  })

  it('whose names are commands for another program are only names', () => {
    const names = ['<img src=x onerror=alert(1)>', '../../etc/passwd', '=cmd|"/c calc"!A1', "'; DROP TABLE party; --"]
    const file = files.read(`نام و نام خانوادگی\tموبایل\n${names.map((n) => `${n}\t09121234567`).join('\n')}`)
    expect(file.rows.map((r) => r.cells[0])).toEqual(names)
  })

  it('is mended alike whether it is told to need no mending or not', () => {
    const letters = fc.constantFrom(...'ابيیكک ه‌ \n\tA1۲٣.-«»ةآءئ\u064b\u200f\u00a0')
    // The mark at the end is taken off by mending, and makes sure that it happens.
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), (s) => {
        expect(tidy(s)).toBe(tidy(`${s}\u061c`))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('round trips', () => {
  const text = fc.string({ unit: fc.constantFrom(...'علیرضا محمدی‌پور abc 09.-;,|"\n\t\'=:\\'), maxLength: 20 })

  it('CSV: what a careful program writes is what is read', () => {
    const row = fc.array(text, { minLength: 3, maxLength: 3 }).filter((r) => r.some((c) => c.trim() !== ''))
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        (rows, mark, end) => {
          const cell = (c: string) =>
            /["\n\r]|^\s|\s$|^=/.test(c) || c.includes(mark) ? `"${c.replaceAll('"', '""')}"` : c
          const written = rows.map((r) => r.map((c) => cell(c.replaceAll('\n', end))).join(mark)).join(end)
          const read = files.read(`کد${mark}نام${mark}تلفن${end}${written}`, { delimiter: mark, header_row: 1 })
          const formulas = (c: string) => c.replaceAll('\n', end).replace(/^=\s*"(.*)"$/s, '$1')
          const expected = rows.map((r) => r.map(formulas))
          // Sums are not people.
          expect(read.rows.length + read.facts.totals).toBe(expected.length)
          if (read.facts.totals === 0) expect(read.rows.map((r) => r.cells)).toEqual(expected)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('vCard 3.0 and 2.1: escaped, folded and quoted-printable values come back', () => {
    const value = text.map((s) => s.trim()).filter((s) => s !== '')
    const escaped = (s: string) => s.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
    const folded = (line: string) => line.replace(/(.{30})(?=.)/gsu, '$1\r\n ')
    const printable = (s: string) =>
      Array.from(Buffer.from(s), (b) => `=${b.toString(16).toUpperCase().padStart(2, '0')}`)
        .join('')
        .replace(/(.{60})(?=.)/g, '$1=\r\n')
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, fc.boolean()), { minLength: 1, maxLength: 6 }), (cards) => {
        const written = cards.map(([name, note, old]) =>
          old
            ? `BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:${printable(escaped(name))}\r\nNOTE;ENCODING=QUOTED-PRINTABLE:${printable(escaped(note))}\r\nEND:VCARD\r\n`
            : `BEGIN:VCARD\r\nVERSION:3.0\r\n${folded(`FN:${escaped(name)}`)}\r\n${folded(`NOTE:${escaped(note)}`)}\r\nEND:VCARD\r\n`,
        )
        const file = files.read(written.join(''))
        const at = (header: string) => file.headers.indexOf(header)
        expect(file.rows.map((r) => [r.cells[at('FN')], r.cells[at('NOTE')]])).toEqual(
          cards.map(([name, note]) => [name, note]),
        )
      }),
      { numRuns: RUNS },
    )
  })
})

describe('bytes by chance', () => {
  const seeds = [
    Buffer.from(list.repeat(20)),
    windows1256(list.repeat(20)),
    Buffer.from(`\ufeff${list}`, 'utf16le'),
    Buffer.from(
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D8=B9;=D8=B9\r\nitem1.TEL;CELL:0912\r\nPHOTO;BASE64:AAAA\r\n AAAA\r\nEND:VCARD\r\n'.repeat(
        3,
      ),
    ),
    Buffer.from('<table><tr><td>نام</td><td>تلفن</td></tr><tr><td>علی</td><td>1</td></tr></table>'),
    workbook('xlsx'),
    workbook('biff8'),
    workbook('biff5'),
    workbook('xlsb'),
    workbook('ods'),
  ]
  const change = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'cut', 'copy')), {
    maxLength: 8,
  })

  it('never crash the reader: rows, or a code', { timeout: 7_200_000 }, () => {
    const codes = new Set([
      'EMPTY_FILE',
      'UNKNOWN_FORMAT',
      'WRONG_ENCODING',
      'BROKEN_FILE',
      'PROTECTED_FILE',
      'UNPACKS_TOO_LARGE',
      'NO_ROWS',
      'accepted',
    ])
    const read = (bytes: Uint8Array) => {
      expect(codes).toContain(files.refusal(bytes))
    }
    fc.assert(
      fc.property(fc.nat({ max: seeds.length - 1 }), change, (seed, changes) => {
        let bytes = Buffer.from(seeds[seed]!)
        for (const [place, byte, kind] of changes) {
          const at = place % Math.max(1, bytes.length)
          if (kind === 'set') bytes[at] = byte
          else if (kind === 'cut')
            bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + byte))])
          else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + byte), bytes.subarray(at)])
        }
        read(bytes)
      }),
      { numRuns: RUNS },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), read), { numRuns: RUNS })
  })

  it('never crash what makes customers of rows', () => {
    const fields = [
      'full_name',
      'mobile',
      'phone',
      'email',
      'birthday',
      'national_id',
      'credit_limit',
      'address',
      'city',
      'note',
      'tags',
      'website',
      'title',
      'kind',
    ] as const
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'0123456789-/ +.()E۱۲:،') }),
    )
    fc.assert(
      fc.property(fc.array(cell, { minLength: fields.length, maxLength: fields.length }), (cells) => {
        const rules = { headers: [], mapping: [...fields], today: TODAY, areaCode: '21', moneyUnit: 'toman' as const }
        const { mapped, problems } = mapRow({ row: 1, cells }, rules)
        if (!mapped) expect(problems.length).toBeGreaterThan(0)
      }),
      { numRuns: RUNS * 4 },
    )
  })
})

/** A zip of one entry with `size` zeros. */
function zipOf(name: string, size = 10): Buffer {
  const book = XLSX.CFB.utils.cfb_new()
  XLSX.CFB.utils.cfb_add(book, `/${name}`, size > 1000 ? Buffer.alloc(1) : Buffer.alloc(size))
  const zip = Buffer.from(XLSX.CFB.write(book, { fileType: 'zip', compression: true, type: 'buffer' }) as Uint8Array)
  // The directory may say what it likes; that is looked at first.
  if (size > 1000)
    for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 1))
      zip.writeUInt32LE(size, at + 24)
  return zip
}

function compound(streams: Record<string, Buffer>): Buffer {
  const book = XLSX.CFB.utils.cfb_new()
  for (const [name, content] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(book, `/${name}`, content)
  return Buffer.from(XLSX.CFB.write(book, { type: 'buffer' }) as Uint8Array)
}
function wordDocument(): Buffer {
  return compound({ WordDocument: Buffer.alloc(5000, 1) })
}
function encryptedWorkbook(): Buffer {
  return compound({ EncryptionInfo: Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]), EncryptedPackage: Buffer.alloc(5000, 7) })
}
