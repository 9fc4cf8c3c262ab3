import { describe, expect, it } from 'vitest'
import { isLogLine } from '../../renderer/modules/quicklog/is-log-line.ts'
import {
  EMPTY_LINE,
  inputOf,
  type Line,
  leadInputOf,
  NOBODY,
  type People,
  type Preset,
  problemOf,
  readLine,
  taskOf,
} from '../../renderer/modules/quicklog/line-model.ts'
import { understandLine } from '../../shared/domain/log-line.ts'
import { noAnswerOutcome } from '../../shared/domain/log-line-outcome.ts'
import { NOW } from './when-phrases.ts'

describe('a text in the search box', () => {
  it.each([
    'تماس با رضایی',
    'پیام به احمدی، کاتالوگ',
    'پیگیری رضایی سه‌شنبه',
    'رضایی زنگ زد قیمت خواست',
    'با رضایی تماس گرفتم',
    'call with Rezaei',
  ])('is a line of the log: %s', (text) => expect(isLogLine(text)).toBe(true))
  it.each(['', 'تماس', 'رضایی', 'علی رضایی', 'شرکت پارس خودرو', '0912', 'تهران', 'افزودن مشتری'])(
    'is looked for: %s',
    (text) => expect(isLogLine(text)).toBe(false),
  )
})

describe('the outcome of a call that nobody answered', () => {
  const list = ['مشغول بود', 'جواب\u200cنداد', 'خرید کرد'].map((label) => ({ label }))
  it('is what the line says, else the plain one, else none', () => {
    expect(noAnswerOutcome('تماس با رضایی، مشغول بود', list)).toBe(list[0])
    expect(noAnswerOutcome('تماس با رضایی، برنداشت', [{ label: 'جواب نداد' }])).toEqual({ label: 'جواب نداد' })
    expect(noAnswerOutcome('call, no answer', [{ label: 'جواب نداد' }])).toEqual({ label: 'جواب نداد' })
    expect(noAnswerOutcome('تماس با رضایی، برنداشت', [{ label: 'خاموش بود' }, { label: 'خرید کرد' }])).toBeNull()
  })
})

describe('what a line comes to', () => {
  const customer = (id: string, name: string) => ({ id, name, city: null }) as People['customers'][number]
  const people = (name: string, customers: People['customers'], clear: string | null = null, rest = ''): People => ({
    ...{ name, customers, clear, rest },
    more: false,
  })
  const entry = (
    text: string,
    found: readonly People[],
    more: Partial<Line> = {},
    preset: string | null = null,
    lead: Preset['lead'] = null,
  ) => {
    const line = { ...EMPTY_LINE, text, ...more }
    const own = preset ? { id: preset, label: preset } : null
    const read = readLine(line, understandLine(text, NOW), found, [], { party: own, lead })
    return { ...read, problem: problemOf(line, read, false, Date.parse('2026-11-22T07:30:00Z')) }
  }
  const two = [customer('a', 'رضا رضایی'), customer('b', 'علی رضایی')]

  it('waits for the choice among several, and takes the one whose page is open', () => {
    expect(entry('تماس با رضایی', [people('رضایی', two)])).toMatchObject({ problem: 'which', parties: [] })
    expect(entry('تماس با رضایی', [])).toMatchObject({ problem: 'which' })
    expect(entry('تماس با رضایی', [people('رضایی', two)], {}, 'b')).toMatchObject({
      problem: null,
      parties: [{ id: 'b' }],
    })
    expect(entry('تماس، قیمت پرسید', [], {}, 'b')).toMatchObject({ problem: null, parties: [{ id: 'b' }] })
  })
  it('means whom it names, not whose page is open', () => {
    const found = [people('کریمی', [customer('k', 'محمد کریمی')], 'k')]
    expect(entry('تماس با کریمی', found, {}, 'b').parties).toMatchObject([{ id: 'k' }])
    // Begun on nobody's page: the page that is open now is not meant.
    expect(entry('قیمت پرسید', [], { party: null }, 'b')).toMatchObject({ problem: 'who', parties: [] })
  })
  it('finds a full name anywhere, when the book has one of it and nobody else is meant', () => {
    const text = 'علی کلهر قرار شد خودش زنگ بزنه دوشنبه'
    const ali = [people('علی کلهر', [customer('k', 'علی کلهر')], 'k')]
    expect(entry(text, ali)).toMatchObject({ problem: null, happened: false, parties: [{ id: 'k' }] })
    expect(entry(text, ali, {}, 'b').parties).toMatchObject([{ id: 'b' }])
    expect(entry(text, [people('علی کلهر', two)]).parties).toEqual([])
  })
  it('asks for the day of a plan that has none, unless it was made one by hand', () => {
    expect(entry('ساعت ۲۵ به کریمی زنگ بزنم', [])).toMatchObject({ problem: 'day', form: { next: { kind: 'call' } } })
    expect(entry('قیمت پرسید', [], { fixes: { happened: false } }).problem).toBeNull()
  })
  it('gives words that were no part of a name back to what was said', () => {
    const chosen = { 'زمردیان شاکی': { party: { id: 'z', label: 'زمردیان' }, rest: 'شاکی' } }
    expect(entry('تماس با زمردیان شاکی', [], { chosen })).toMatchObject({
      problem: null,
      parties: [{ id: 'z' }],
      form: { body: 'شاکی' },
    })
  })
  it('loses no unknown name when somebody is chosen by hand', () => {
    const fixes = { who: [{ id: 'r', label: 'رضایی' }] }
    const unknown = entry('تماس با همسر رضایی، قیمت پرسید', [people('همسر رضایی', [])], { fixes })
    expect(unknown).toMatchObject({ problem: null, parties: [{ id: 'r' }], form: { body: 'همسر رضایی، قیمت پرسید' } })
    const known = entry('تماس با رضایی، قیمت پرسید', [people('رضایی', two)], { fixes })
    expect(known.form.body).toBe('قیمت پرسید')
  })
  it('keeps what was corrected while the line is written on', () => {
    const fixes = { kind: 'visit', minutes: 30, who: [{ id: 'x', label: 'X' }] } as const
    expect(entry('تماس با رضایی، قیمت پرسید و رفت', [people('رضایی', two)], { fixes })).toMatchObject({
      problem: null,
      parties: [{ id: 'x' }],
      form: { kind: 'visit', direction: null, minutes: 30, body: 'قیمت پرسید و رفت' },
    })
  })
  it('is one task about one customer when nothing has happened yet, or when that is said by hand', () => {
    const both = [people('رضایی', two, 'a'), people('احمدی', [customer('h', 'احمدی')], 'h')]
    expect(entry('شنبه با رضایی و احمدی جلسه داریم', both)).toMatchObject({ happened: false, parties: [{ id: 'a' }] })
    expect(entry('سلام', [], { fixes: { happened: false } })).toMatchObject({
      problem: null,
      form: { next: { kind: 'todo', title: 'سلام', when: null } },
    })
  })
  it('is a task that comes again, of the colleague whom it names', () => {
    const line = { ...EMPTY_LINE, text: '@مریم هر شنبه به رضایی زنگ بزند' }
    const read = understandLine(line.text, NOW)
    const one = readLine(line, read, [people('رضایی', two, 'a')], [], NOBODY, [{ id: 'm', name: 'مریم نوری' }])
    expect(taskOf(one, line.text)).toEqual({
      kind: 'call',
      title: 'به رضایی زنگ بزند',
      due_date: '2026-11-28',
      due_minute: null,
      party_id: 'a',
      rule: '1;W;n=1;w=0',
      owner_id: 'm',
    })
    const logged = { ...EMPTY_LINE, text: 'تماس با رضایی، هر شنبه پیگیری @مریم' }
    const both = readLine(logged, understandLine(logged.text, NOW), [people('رضایی', two, 'a')], [], NOBODY, [
      { id: 'm', name: 'مریم نوری' },
    ])
    expect(inputOf(both, 0, () => '').followUp).toMatchObject({ title: 'پیگیری', rule: '1;W;n=1;w=0', owner_id: 'm' })
  })
  it('is about somebody of the book who is named without a word of talk', () => {
    const text = 'به رضایی گفتم گران شد'
    expect(entry(text, [people('رضایی', two)])).toMatchObject({ problem: 'which' })
    expect(entry(text, [people('رضایی', two, 'a')])).toMatchObject({ problem: null, parties: [{ id: 'a' }] })
    expect(entry(text, [people('رضایی', [])])).toMatchObject({ problem: 'who' })
    expect(entry(text, [people('رضایی', [])], {}, 'b').parties).toMatchObject([{ id: 'b' }])
    // A business that is called by an ordinary word is not meant on the page of somebody else.
    const store = [people('انبار', [customer('s', 'انبار مرکزی')], 's')]
    expect(entry('از انبار ده کارتن کم آمد', store).parties).toMatchObject([{ id: 's' }])
    expect(entry('از انبار ده کارتن کم آمد', store, {}, 'b').parties).toMatchObject([{ id: 'b' }])
    const titled = { who: [{ id: 'x', label: 'X' }] }
    expect(entry('به خانم هاشمی گفتم', [people('هاشمی', [])], { fixes: titled }).form.body).toBe('به خانم هاشمی گفتم')
  })
  it('is not saved without words where it is a note, nor ahead of time', () => {
    expect(entry('یادداشت', [], {}, 'b').problem).toBe('words')
    const next = { kind: 'visit', title: ' ', when: null } as const
    expect(entry('تماس، قیمت پرسید', [], { fixes: { next } }, 'b').problem).toBe('next')
    const fixes = { when: { day: '2027-01-01', minute: null } }
    expect(entry('تماس، قیمت پرسید', [], { fixes }, 'b').problem).toBe('when')
  })
  it('is about the lead that is open: a line of what they want, and a task that names them', () => {
    const lead = { id: 'l', label: 'رضا کریمی' }
    const input = (text: string) =>
      leadInputOf(entry(text, [], {}, null, lead), lead, text, {
        day: '۱ آذر',
        what: 'تماس',
        titled: (title) => `${title} – ${lead.label}`,
      })
    expect(entry('تماس، قیمت پرسید', [], {}, null, lead)).toMatchObject({ problem: null, lead, parties: [] })
    // Their own name is no customer to be looked for; anybody else's is.
    expect(entry('تماس با کریمی، قیمت پرسید', [people('کریمی', [])], {}, null, lead)).toMatchObject({
      problem: null,
      lead,
    })
    const other = entry('تماس با رضایی', [people('رضایی', two, 'a')], {}, null, lead)
    expect(other).toMatchObject({ lead: null, parties: [{ id: 'a' }] })
    expect(input('تماس، قیمت پرسید، سه‌شنبه پیگیری')).toMatchObject({
      ...{ id: 'l', words: '۱ آذر: تماس، قیمت پرسید' },
      followUp: { title: 'پیگیری – رضا کریمی', due_date: '2026-11-24', party_id: null },
    })
    expect(input('فردا به رضا کریمی زنگ بزنم')).toMatchObject({
      words: null,
      followUp: { title: 'به رضا کریمی زنگ بزنم' },
    })
  })
})
