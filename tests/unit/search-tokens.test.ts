import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../../shared/domain/persian-text.ts'
import {
  digitsNeedRecheck,
  digitTokens,
  ftsQuery,
  matchRanges,
  NOTHING,
  nameTokens,
  parseQuery,
  textFtsQuery,
  wordTokens,
} from '../../shared/domain/search-tokens.ts'

const ZW = '\u200c'

/** The table of IRAN.md 3.4, in memory. */
function makeIndex() {
  const db = new Database(':memory:')
  db.exec(`create virtual table f using fts5(x, content='', contentless_delete=1, detail=none,
    tokenize="unicode61 remove_diacritics 0", prefix='1 2 3 4')`)
  const insert = db.prepare('insert into f(rowid, x) values (?, ?)')
  const match = db.prepare('select rowid from f where f match ? order by rowid').pluck()
  return {
    add: (id: number, tokens: string[]) => insert.run(id, tokens.join(' ')),
    find: (text: string) => {
      const query = ftsQuery(parseQuery(text))
      return query === null ? [] : (match.all(query) as number[])
    },
    match: (query: string) => match.all(query) as number[],
  }
}

describe('tokens', () => {
  it('gives parts, joined half-space words and joined neighbours', () => {
    expect(nameTokens(`رضا علي${ZW}پور`).sort()).toEqual(['رضا', 'علی', 'پور', 'علیپور', 'رضاعلی'].sort())
  })
  it('does not join neighbours in running text', () => {
    expect(wordTokens(`تهران می${ZW}رود، زود`).sort()).toEqual(['تهران', 'می', 'رود', 'میرود', 'زود'].sort())
  })
  it('gives letters and digits only, all distinct', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        const tokens = nameTokens(s)
        expect(new Set(tokens).size).toBe(tokens.length)
        for (const t of tokens) expect(t).toMatch(/^[\p{L}\p{N}]+$/u)
      }),
    )
  })
  it('cuts digits into fours and the last three', () => {
    expect(digitTokens('9123456')).toEqual(['9123', '1234', '2345', '3456', '456'])
    expect(digitTokens('110')).toEqual(['110'])
    expect(digitTokens('')).toEqual([])
  })
})

describe('parseQuery', () => {
  it.each([
    ['علي رضايي', ['علی', 'رضایی'], []],
    [`علی${ZW}پور`, ['علی', 'پور'], []],
    ['«علی» (رضایی)', ['علی', 'رضایی'], []],
    ['۰۹۱۲ ۳۴۵ ۶۷۸۹', [], ['9123456789']],
    ['0912-345-6789', [], ['9123456789']],
    ['+98 912 345 6789', [], ['9123456789']],
    ['0098 912', [], ['912']],
    ['+98', [], ['98']],
    ['989123456789', [], ['9123456789']],
    ['98912', [], ['98912']],
    ['(021) 8877', [], ['218877']],
    ['+44 7911 123456', [], ['447911123456']],
    ['0044 7911', [], ['447911']],
    ['علی 4567 تهران', ['علی', 'تهران'], ['4567']],
    ['علی ٤٥٦٧ تهران 88', ['علی', 'تهران'], ['4567', '88']],
    ['0', [], ['0']],
    ['c-1024', ['c', '1024'], []],
    ['  " * - ', [], []],
  ])('reads %j', (text, words, digits) => expect(parseQuery(text)).toEqual({ words, digits }))
})

describe('ftsQuery', () => {
  it('leaves out the ways of writing with a word that nobody has, asking for four letters at most', () => {
    const asked: string[] = []
    const mayBegin = (prefix: string) => {
      asked.push(prefix)
      return prefix !== 'پور'
    }
    expect(ftsQuery(parseQuery('علی پور'), mayBegin)).toBe('"علیپور"*')
    expect(asked).toEqual(['علی', 'پور', 'علیپ'])
    expect(ftsQuery(parseQuery('علی پور 4567'), () => false)).toBe(NOTHING)
  })

  it('builds the measured forms', () => {
    expect(ftsQuery(parseQuery('علی'))).toBe('"علی"*')
    expect(ftsQuery(parseQuery('علی پور'))).toBe('(("علی"* AND "پور"*) OR "علیپور"*)')
    expect(ftsQuery(parseQuery('456'))).toBe('"456"*')
    expect(ftsQuery(parseQuery('4567'))).toBe('"4567"')
    expect(ftsQuery(parseQuery('45678'))).toBe('("4567" AND "5678")')
    expect(ftsQuery(parseQuery('علی 4567'))).toBe('"علی"* AND "4567"')
    expect(textFtsQuery(parseQuery('قرار 12345'))).toBe('"قرار"* AND "12345"*')
    expect(ftsQuery(parseQuery(' ,؟'))).toBeNull()
  })
  it('asks for a recheck of five digits and more', () => {
    expect(digitsNeedRecheck(parseQuery('علی 1234'))).toEqual([])
    expect(digitsNeedRecheck(parseQuery('12345 علی 678912'))).toEqual(['12345', '678912'])
  })
  it('never gives FTS5 anything but strings, whatever is typed', () => {
    const index = makeIndex()
    index.add(1, ['علی'])
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            '(',
            ')',
            'AND',
            'OR',
            'NOT',
            'NEAR(',
            '^',
            ':',
            '-',
            '+',
            'x',
            '{',
            "'",
            ' ',
            '\u0000',
            ZW,
            '12',
            '9',
          ),
        )
        .map((a) => a.join('')),
    )
    fc.assert(
      fc.property(hostile, (s) => Array.isArray(index.find(s))),
      { numRuns: 3000 },
    )
    expect(index.find('zzz OR علی')).toEqual([])
    expect(index.find('NOT zzz')).toEqual([])
  })
  it('takes a whole pasted page', () => {
    const index = makeIndex()
    const text = Array.from({ length: 3000 }, (_, i) => `واژه${'ابپت'[i % 4]}`).join(' ')
    expect(index.find(text)).toEqual([])
    expect(index.find(text.replaceAll('واژه', '99 ن'))).toEqual([])
  })
})

describe('against brute force in a real index', () => {
  const FIRST = ['علی', 'رضا', 'محمد', 'زهرا', 'سید', 'امیر', 'حسین', 'مهدی', 'نعمت', 'کاوه']
  const SECOND = ['پور', 'زاده', 'نژاد', 'خانی', 'رضا', 'حسین', 'الله', 'یی', 'مند', 'فر']
  const GAPS = ['', ' ', ZW]
  const stored: string[] = []
  for (const a of FIRST) for (const b of SECOND) for (const gap of GAPS) stored.push(a + gap + b)
  const index = makeIndex()
  beforeAll(() => stored.forEach((name, i) => void index.add(i + 1, nameTokens(name))))

  it('every spelling of a two-part name finds every other', () => {
    for (let i = 0; i < stored.length; i += 3) {
      for (const gap of GAPS) {
        const typed = stored[i + 1]!.replace(' ', gap)
        for (const form of [typed, typed.replaceAll('ی', 'ي').replaceAll('ک', 'ك')]) {
          const found = index.find(form)
          for (const id of [i + 1, i + 2, i + 3]) {
            expect(found, `${form} must find ${stored[id - 1]}`).toContain(id)
          }
        }
      }
    }
  })

  it('finds what has parts of the words in any order, and nothing else', () => {
    for (const typed of ['رضا علی', 'پور علی', 'عل', 'رض', 'محمد حس', 'زاد سی', 'حس محم', 'خا']) {
      const q = parseQuery(typed)
      const wanted = stored.flatMap((name, i) => {
        const tokens = nameTokens(name)
        const has = (words: string[]) => words.every((w) => tokens.some((t) => t.startsWith(w)))
        return has(q.words) || has([q.words.join('')]) ? [i + 1] : []
      })
      expect(wanted.length).toBeGreaterThan(0)
      expect(index.find(typed)).toEqual(wanted)
    }
  })

  it('three parts written as one are found by three words', () => {
    const own = makeIndex()
    own.add(1, nameTokens('سیدمحمدعلی رضوی'))
    expect(own.find('سید محمد عل')).toEqual([1])
    expect(own.find('سید محمد علی')).toEqual([1])
  })

  it('phone substrings of three to seven digits are exact after the recheck', () => {
    let state = 7
    const random = (n: number) => {
      state = (state * 48271) % 2147483647
      return state % n
    }
    const phones = Array.from(
      { length: 4000 },
      () => `9${10 + random(30)}${String(random(10_000_000)).padStart(7, '0')}`,
    )
    const own = makeIndex()
    phones.forEach((p, i) => void own.add(i + 1, digitTokens(p)))
    for (let n = 0; n < 600; n++) {
      const length = 3 + (n % 5)
      const from = phones[random(phones.length)]!
      const at = random(from.length - length + 1)
      const part = from.slice(at, at + length)
      if (part.startsWith('0')) continue
      const q = parseQuery(part)
      const found = own.find(part).filter((id) => digitsNeedRecheck(q).every((d) => phones[id - 1]!.includes(d)))
      expect(found).toEqual(phones.flatMap((p, i) => (p.includes(part) ? [i + 1] : [])))
    }
  })
})

describe('matchRanges', () => {
  const marked = (display: string, typed: string) =>
    matchRanges(display, parseQuery(typed))
      .map(([s, e]) => display.slice(s, e))
      .join('|')
  it.each([
    ['علی رضایی', 'رضا', 'رضا'],
    ['علي رضائي', 'رضایی علی', 'علي|رضائي'],
    [`رضا علی${ZW}پور`, 'علیپو', `علی${ZW}پو`],
    [`رضا علی${ZW}پور`, 'علی پور', `علی${ZW}پور`],
    ['علیپور', 'علی پو', 'علیپو'],
    ['علیپور', 'علی', 'علی'],
    ['محمّدِ کریمی', 'محمد ک', 'محمّدِ ک'],
    ['علی‌اکبر', 'اکب', 'اکب'],
    ['عـلـی', 'علی', 'عـلـی'],
    ['علیِ رضا', 'علی', 'علیِ'],
    ['نعمت‌اله', 'نعمت الله', 'نعمت‌اله'],
    ['مسئول فروش', 'مسوول', 'مسئول'],
    ['معروفی', 'رو', ''],
    ['علی رضایی', 'عل رضایی', 'عل|رضایی'],
    ['Ali Rezaei', 'REZ', 'Rez'],
    ['۰۹۱۲ ۳۴۵ ۶۷۸۹', '09123456', '۹۱۲ ۳۴۵ ۶'],
    ['0912 345 6789', '۴۵۶', '45 6'],
    ['+98 912 345 6789', '0912 345', '912 345'],
    ['تلفن 021-8877', '2188', '21-88'],
    ['۱۲۳ و ۴۵۶', '3456', ''],
    ['نام', '', ''],
  ])('in %j, %j marks %j', (display, typed, wanted) => expect(marked(display, typed)).toBe(wanted))

  it('marks something in every name the index finds', () => {
    const names = ['علی پور', `علی${ZW}پور`, 'علیپور', 'پور علی', 'عَلی‌پُور نژاد']
    for (const name of names) {
      for (const typed of ['علی', 'علیپ', 'علی پور', `علي${ZW}پور`]) {
        const index = makeIndex()
        index.add(1, nameTokens(name))
        if (index.find(typed).length > 0) expect(marked(name, typed), `${typed} in ${name}`).not.toBe('')
      }
    }
  })

  it('gives ordered ranges inside the text that do not touch', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 4 }), (display, typed) => {
        let before = -1
        for (const [start, end] of matchRanges(display, parseQuery(typed + fold(display).slice(0, 3)))) {
          expect(start).toBeGreaterThan(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(display.length)
          before = end
        }
      }),
    )
  })
})
