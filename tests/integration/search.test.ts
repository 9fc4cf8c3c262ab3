import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { write } from '../../main/db/write.ts'
import { activitiesService as activities } from '../../main/modules/activities/service.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { candidates } from '../../main/modules/search/candidates.ts'
import { excerpt } from '../../main/modules/search/notes.ts'
import { searchService as search } from '../../main/modules/search/service.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { fold } from '../../shared/domain/persian-text.ts'
import { parseQuery } from '../../shared/domain/search-tokens.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dice, madeUpCustomer } from '../support/made-up-customers.ts'

const CALL = { signal: undefined }
type Result = Awaited<ReturnType<typeof search.all>>
type Given = Parameters<typeof CustomerInput.parse>[0]
const parse = (input: object) => CustomerInput.parse({ kind: 'person', ...input } as Given)
const ask = (ctx: TestCtx, text: string, limit = 20) => search.all(ctx, { text, limit }, CALL) as Result
const found = (ctx: TestCtx, text: string) => ask(ctx, text).customers.map((h) => h.customer.name)
const add = (ctx: TestCtx, input: object) => (customers.add(ctx, parse(input), CALL) as { id: string }).id
const phone = (value: string) => ({ kind: 'phone', type: 'mobile', value })

describe('finding one among a few', () => {
  let ctx: TestCtx
  let ali: string
  beforeAll(async () => {
    ctx = await testCtx()
    const tag = (customers.tags.add(ctx, { name: 'ویژه', kind: 'tag', color: null }, CALL) as { id: string }).id
    const pars = add(ctx, { kind: 'company', company_name: 'شرکت پارس خودرو', company_id: '10380284790' })
    ali = add(ctx, {
      first_name: 'علي',
      last_name: 'علی\u200cپور',
      national_id: '0076229645',
      channels: [phone('09123456789'), phone('021 8877 6655')],
      addresses: [{ type: 'work', province: 'اصفهان', city: 'کاشان', address: null, postal_code: null }],
      links: [{ kind: 'works_at', role: 'مدیر', outgoing: true, other_id: pars }],
      tag_ids: [tag],
    })
    add(ctx, { first_name: 'سلام', last_name: 'پور', channels: [phone('09350000001')] })
    add(ctx, { first_name: 'Sara', last_name: 'Adams' })
  })
  afterAll(() => ctx.close())

  it.each([
    ['علی پور'],
    ['علیپور'],
    ['پور علی'],
    ['علي‌پور كاشان'],
    ['اصفهان علی'],
    ['۳۴۵۶۷۸۹'],
    ['٠٩١٢٣٤٥٦٧٨٩'],
    ['+98 912 345 6789'],
    ['8877'],
    ['ویژه علی'],
    ['پارس علی'],
    ['علی 4567 کاشان'],
    ['0076229645'],
    ['76229'],
  ])('%s', (text) => expect(found(ctx, text)).toContain('علی علی\u200cپور'))

  it('finds nothing for digits that are there in another order only', () => {
    expect(found(ctx, '34566789')).toEqual([])
  })
  it('tells the field that matched where the row does not show it', () => {
    const match = (text: string) => ask(ctx, text).customers.find((h) => h.customer.id === ali)?.match
    expect(match('علی پور')).toEqual({ field: 'name', text: 'علی علی\u200cپور' })
    expect(match('3456')).toEqual({ field: 'phone', text: '+989123456789' })
    expect(match('8877')).toEqual({ field: 'phone', text: '+982188776655' })
    expect(match('علی پارس')).toEqual({ field: 'company', text: 'شرکت پارس خودرو' })
    expect(match('کاشان')).toEqual({ field: 'city', text: 'کاشان، اصفهان' })
    expect(match('ویژه')).toEqual({ field: 'tag', text: 'ویژه' })
    expect(match('0076229645')).toEqual({ field: 'code', text: '0076229645' })
  })
  it('reads what was typed with the other keyboard layout, both ways, but only when nothing matches', () => {
    expect(ask(ctx, 'sghl')).toMatchObject({ read_as: 'سلام', customers: [{ customer: { name: 'سلام پور' } }] })
    expect(ask(ctx, 'سشقش')).toMatchObject({ read_as: 'sara', customers: [{ customer: { name: 'Sara Adams' } }] })
    expect(ask(ctx, 'sara')).toMatchObject({ read_as: null, customers: [{ customer: { name: 'Sara Adams' } }] })
    expect(ask(ctx, 'qqqq')).toEqual({ customers: [], notes: [], read_as: null })
  })
  it('answers anything that is typed', () => {
    for (const text of [
      '',
      ' ',
      '"',
      '*',
      'a"b OR (',
      '\u0000',
      'ـ',
      '\u200c',
      '٪'.repeat(200),
      '0',
      '+',
      'ا'.repeat(200),
    ]) {
      expect(ask(ctx, text).customers.length).toBeGreaterThanOrEqual(0)
    }
  })
  it('keeps deleted ones and their notes out, of the recent ones too', () => {
    const id = add(ctx, { last_name: 'موقتی' })
    activities.log(ctx, { activity: { kind: 'note', party_ids: [id], body: 'یادداشت گذرا' } }, CALL)
    search.opened(ctx, { id }, CALL)
    expect((search.recent(ctx, { limit: 1 }, CALL) as Array<{ id: string }>)[0]?.id).toBe(id)
    expect(ask(ctx, 'گذرا').notes).toHaveLength(1)
    customers.remove(ctx, { ids: [id] }, CALL)
    expect([found(ctx, 'موقتی'), ask(ctx, 'گذرا').notes, search.recent(ctx, { limit: 5 }, CALL)]).toEqual([[], [], []])
  })
})

describe('the order of what is found', () => {
  it('is exact number, exact name, name prefix, recently opened, the rest by name', async () => {
    const ctx = await testCtx()
    const rest = add(ctx, { first_name: 'الف', last_name: 'دارابی', links: [] })
    const city = (name: string) => [{ type: 'home', province: null, city: name, address: null, postal_code: null }]
    const opened = add(ctx, { last_name: 'یوسفی', addresses: city('رستم') })
    add(ctx, { last_name: 'بابایی', addresses: city('رستم') })
    add(ctx, { first_name: 'بهرام', last_name: 'رستمی' })
    add(ctx, { last_name: 'رستم' })
    search.opened(ctx, { id: rest }, CALL)
    search.opened(ctx, { id: opened }, CALL)
    expect(found(ctx, 'رستم')).toEqual(['رستم', 'بهرام رستمی', 'یوسفی', 'بابایی'])
    add(ctx, { last_name: 'بلند', channels: [phone('+98 21 9123 4567')] })
    add(ctx, { last_name: 'همین', national_id: '0091234567' })
    expect(found(ctx, '91234567')).toEqual(['همین', 'بلند'])
    expect(found(ctx, 'رستمی بهرام')).toEqual(['بهرام رستمی'])
    ctx.close()
  })

  it('takes آ without its hat for the name itself, though the list sorts it before ا', async () => {
    const ctx = await testCtx()
    write(ctx, 'test', (tx) => {
      // More than the index gives: what is older is found by its name only.
      addCustomerTx(tx, { kind: 'person', last_name: 'آرش' })
      addCustomerTx(tx, { kind: 'person', first_name: 'ارشیا', last_name: 'آرشی' })
      for (let i = 0; i < 400; i++) {
        addCustomerTx(tx, { kind: 'person', first_name: 'ارش', last_name: `بهرامی ${i}` })
      }
    })
    for (const text of ['ارش', 'آرش']) expect(found(ctx, text)[0]).toBe('آرش')
    expect(found(ctx, 'ارشی ارشیا')).toEqual(['ارشیا آرشی'])
    expect(found(ctx, 'ارشی')[0]).toBe('ارشیا آرشی')
    ctx.close()
  })
})

describe('notes', () => {
  it('are found by their words, newest first, with the text around the match', async () => {
    const ctx = await testCtx()
    const id = add(ctx, { last_name: 'نوری' })
    const long = `${'کلمه '.repeat(100)}قرارداد گارانتی ${'دنباله '.repeat(100)}`
    const first = (
      activities.log(ctx, { activity: { kind: 'note', party_ids: [id], body: long } }, CALL) as { id: string }
    ).id
    const second = (
      activities.log(ctx, { activity: { kind: 'note', party_ids: [id], body: 'قرارداد ۱۲۳۴۵' } }, CALL) as {
        id: string
      }
    ).id
    const notes = (text: string) => ask(ctx, text).notes.map((n) => n.note_id)
    expect(notes('قراردا')).toEqual([second, first])
    expect(notes('قرارداد 12345')).toEqual([second])
    expect(ask(ctx, 'گارانتي').notes[0]).toMatchObject({ party_id: id, party_name: 'نوری' })
    const shown = ask(ctx, 'گارانتی').notes[0]!.excerpt
    expect(shown).toContain('گارانتی')
    expect(shown.length).toBeLessThanOrEqual(160)
    expect(shown).toMatch(/^….*…$/)
    activities.update(ctx, { id: second, body: 'پیش‌فاکتور' }, CALL)
    expect(notes('قرارداد')).toEqual([first])
    activities.remove(ctx, { id: first }, CALL)
    expect(notes('قرارداد')).toEqual([])
    ctx.close()
  })
  it('give an excerpt that never passes its length', () => {
    for (let n = 1; n < 400; n += 7) {
      const text = excerpt(`${'ا'.repeat(n)} هدف ${'ب'.repeat(400 - n)}`, parseQuery('هدف'))
      expect(text.length).toBeLessThanOrEqual(160)
      expect(text).toContain('هدف')
    }
  })
})

describe('against brute force on 3,000 customers', () => {
  let ctx: TestCtx
  const book: Array<{ pk: number; words: string[]; joins: string[]; digits: string[]; name: string }> = []
  const spelled = (s: string) =>
    fold(s)
      .split(/[\s\u200c]+/)
      .filter(Boolean)
  beforeAll(async () => {
    ctx = await testCtx()
    const roll = dice(7)
    const tags = ['ویژه', 'عمده‌فروش'].map((name) => ({
      name,
      id: (customers.tags.add(ctx, { name, kind: 'tag', color: null }, CALL) as { id: string }).id,
    }))
    for (let chunk = 0; chunk < 3; chunk++) {
      write(ctx, 'test', (tx) => {
        for (let i = 0; i < 1000; i++) {
          const input = parse(
            madeUpCustomer(
              roll,
              tags.map((t) => t.id),
            ),
          )
          const { pk } = addCustomerTx(tx, input)
          const texts = [
            `${input.first_name} ${input.last_name}`,
            ...(input.addresses ?? []).map((a) => a.city ?? ''),
            ...tags.filter((t) => input.tag_ids?.includes(t.id)).map((t) => t.name),
          ]
          const national = (input.channels ?? []).map((c) => c.value.replace(/\D/g, '').replace(/^(98|0)/, ''))
          book.push({
            pk,
            name: texts[0]!,
            words: texts.flatMap(spelled),
            joins: texts.flatMap((t) =>
              spelled(t)
                .slice(1)
                .map((w, k) => spelled(t)[k]! + w),
            ),
            digits: [...national, ...(input.national_id ? [input.national_id] : [])],
          })
        }
      })
    }
  }, 120_000)
  afterAll(() => ctx.close())

  /** A customer matches if the words, with neighbours joined in any way, begin tokens and the digits are in a number. */
  function brute(text: string): number[] {
    const { words, digits } = parseQuery(text)
    const ways = words.length === 0 ? [[]] : joinedWays(words)
    return book
      .filter(
        (row) =>
          digits.every((d) => row.digits.some((n) => n.includes(d))) &&
          ways.some((way) => way.every((w) => [...row.words, ...row.joins].some((t) => t.startsWith(w)))),
      )
      .map((r) => r.pk)
      .sort((a, b) => a - b)
  }
  function joinedWays(words: string[]): string[][] {
    if (words.length === 1) return [words]
    return joinedWays(words.slice(1)).flatMap((rest) => [
      [words[0]!, ...rest],
      [words[0]! + rest[0]!, ...rest.slice(1)],
    ])
  }
  const all = (text: string) => candidates(ctx.db, parseQuery(text), 5000).sort((a, b) => a - b)

  it('gives the same rows for names, cities, tags and digits in every form', () => {
    const roll = dice(99)
    let hits = 0
    for (let i = 0; i < 400; i++) {
      const row = book[roll(book.length)]!
      const other = book[roll(book.length)]!
      const number = row.digits[0] ?? '9121234567'
      const at = roll(Math.max(1, number.length - 7))
      const form = [
        () => row.words[0]!.slice(0, 2 + roll(3)),
        () => `${row.words[0]} ${row.words[1]!.slice(0, 1 + roll(3))}`,
        () => `${row.words[1]} ${row.words[0]}`,
        () => row.words[1]! + (row.words[2] ?? ''),
        () => `${row.words[1]} ${row.words[2] ?? ''}`,
        () => row.name,
        () => row.name.replace(/ی/g, 'ي').replace(/ک/g, 'ك'),
        () => number.slice(at, at + 3 + roll(5)),
        () => `${row.words.at(-1)} ${number.slice(at, at + 4)}`,
        () => `${row.words[0]} ${other.words.at(-1)} ${number.slice(-3)}`,
        () => other.digits[0]?.slice(1, 6) ?? 'یزد',
      ][i % 11]!
      const text = form()
      const want = brute(text)
      // The index gives the newest three hundred of a longer answer.
      // Of one or two digits it does not know the last two places of a number.
      if (want.length > 250 || parseQuery(text).digits.some((d) => d.length < 3)) continue
      expect(all(text), text).toEqual(want)
      hits += want.length
    }
    expect(hits).toBeGreaterThan(2000)
  })
  it('shows the best twenty of what there is', () => {
    expect(ask(ctx, 'علی', 20).customers).toHaveLength(20)
    const exact = ask(ctx, 'پارسا علی', 20).customers.map((h) => h.customer.name)
    expect(exact.every((n) => fold(n) === 'علی پارسا')).toBe(true)
  })
  it('walks indexes only', () => {
    const seen: string[] = []
    const prepare = ctx.db.prepare.bind(ctx.db)
    ctx.db.prepare = (sql) => {
      seen.push(sql)
      return prepare(sql)
    }
    for (const text of ['ع', 'علی رض', '4567', '1234567', 'علی تهران 4567', '0912 345 6789', 'هیچکس اینجا'])
      ask(ctx, text)
    customers.duplicates(
      ctx,
      { phones: ['09123456789'], emails: ['a@b.ir'], national_id: '0076229645', name: 'علی کریمی', city: 'یزد' },
      CALL,
    )
    ctx.db.prepare = prepare
    expect(new Set(seen).size).toBeGreaterThan(10)
    for (const sql of new Set(seen)) {
      const plan = ctx.db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      const named = sql.includes('@key') ? [{ key: '', codes: '[]' }] : Array.from(sql.matchAll(/\?/g), () => '1')
      const lines = (plan.all(...named) as Array<{ detail: string }>).map((r) => r.detail)
      for (const line of lines) {
        expect(line, sql).not.toMatch(/^SCAN (p|party|a|x|l|t|party_\w+|activity)\b(?! VIRTUAL)/)
      }
    }
  })
})
