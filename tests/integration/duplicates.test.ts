import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneSlip } from '../../main/modules/customers/same-name.ts'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
type Given = Parameters<typeof CustomerInput.parse>[0]
type Question = Parameters<typeof customers.duplicates>[1]
let ctx: TestCtx
const add = (input: object) =>
  (customers.add(ctx, CustomerInput.parse({ kind: 'person', ...input } as Given), CALL) as { id: string }).id
const ask = (question: Question) =>
  (customers.duplicates(ctx, question, CALL) as Awaited<ReturnType<typeof customers.duplicates>>).map((h) => [
    h.customer.name,
    ...h.why,
  ])
const home = (city: string) => [{ type: 'home', province: null, city, address: null, postal_code: null }]
let ali: string

beforeAll(async () => {
  ctx = await testCtx()
  ali = add({
    first_name: 'علی',
    last_name: 'علی\u200cپور',
    national_id: '0076229645',
    channels: [
      { kind: 'phone', type: 'mobile', value: '0912 345 6789' },
      { kind: 'email', type: 'work', value: 'Ali@Pars.ir' },
    ],
    addresses: home('کاشان'),
  })
  add({ first_name: 'نرگس', last_name: 'محمودی', addresses: home('یزد') })
  add({ first_name: 'آرش', last_name: 'خان\u200cآبادی', addresses: home('آمل') })
  add({ kind: 'company', company_name: 'فولاد البرز', company_id: '10380284790', addresses: home('کرج') })
})
afterAll(() => ctx.close())

describe('someone who may be there already is named', () => {
  it.each([
    ['phone in another form', { phones: ['۰۰۹۸۹۱۲۳۴۵۶۷۸۹'] }, ['علی علی\u200cپور', 'phone']],
    ['e-mail in other letters', { emails: [' ali@pars.IR'] }, ['علی علی\u200cپور', 'email']],
    ['national id', { national_id: '۰۰۷۶۲۲۹۶۴۵' }, ['علی علی\u200cپور', 'national_id']],
    ['company id', { company_id: '10380284790' }, ['فولاد البرز', 'company_id']],
    ['name in Arabic letters', { name: 'علي علي‌پور' }, ['علی علی\u200cپور', 'name']],
    ['name split', { name: 'علی علی پور' }, ['علی علی\u200cپور', 'name']],
    ['name joined', { name: 'علی علیپور' }, ['علی علی\u200cپور', 'name']],
    ['family name first', { name: 'علیپور علی' }, ['علی علی\u200cپور', 'name']],
    ['name and city', { name: 'علی علیپور', city: 'كاشان' }, ['علی علی\u200cپور', 'name_city']],
    ['no hat on any alef', { name: 'ارش خان ابادی', city: 'امل' }, ['آرش خان\u200cآبادی', 'name_city']],
    ['a slip in the family name, same city', { name: 'نرگس محودی', city: 'یزد' }, ['نرگس محمودی', 'name_city']],
    ['swapped letters, same city', { name: 'نرگس محمدوی', city: 'یزد' }, ['نرگس محمودی', 'name_city']],
    ['a slip in a company, same city', { name: 'فولاد البز', city: 'کرج' }, ['فولاد البرز', 'name_city']],
    [
      'everything at once, strongest first',
      { phones: ['09123456789'], national_id: '0076229645', name: 'علی علی‌پور', city: 'کاشان' },
      ['علی علی\u200cپور', 'phone', 'national_id', 'name_city'],
    ],
  ] as Array<[string, Question, string[]]>)('%s', (_label, question, hit) => expect(ask(question)).toEqual([hit]))

  it.each([
    ['a phone that is being typed', { phones: ['0912'] }],
    ['one letter', { name: 'ع' }],
    ['the given name alone', { name: 'نرگس' }],
    ['a slip in another city', { name: 'نرگس محودی', city: 'قم' }],
    ['two slips', { name: 'نرگس محوی', city: 'یزد' }],
    ['another given name', { name: 'نرگسی محمودی', city: 'یزد' }],
    ['nothing', {}],
    ['signs', { name: '"*"', city: '")', phones: ['-'], emails: ['@'] }],
    ['the record itself', () => ({ phones: ['09123456789'], except: ali })],
  ] as Array<[string, Question | (() => Question)]>)('but not for %s', (_label, question) =>
    expect(ask(typeof question === 'function' ? question() : question)).toEqual([]),
  )

  it('five at most, the strongest reasons first, deleted ones not', () => {
    const made = Array.from({ length: 8 }, () => add({ first_name: 'زهرا', last_name: 'کیانی' }))
    const phoned = add({ last_name: 'دیگری', channels: [{ kind: 'phone', type: 'work', value: '02188776655' }] })
    const question = { name: 'زهرا کیانی', phones: ['021-88776655'] }
    expect(ask(question)).toHaveLength(5)
    expect(ask(question)[0]).toEqual(['دیگری', 'phone'])
    expect(ask({ ...question, except: made.at(-1)! })).toHaveLength(5)
    customers.remove(ctx, { ids: [phoned, ...made.slice(2)] }, CALL)
    expect(ask(question)).toEqual([
      ['زهرا کیانی', 'name'],
      ['زهرا کیانی', 'name'],
    ])
  })
})

describe('one slip', () => {
  it.each([
    ['محمودی', 'محودی', true],
    ['محمودی', 'محمودیی', true],
    ['محمودی', 'محسودی', true],
    ['محمودی', 'محمدوی', true],
    ['محمودی', 'محمودی', false],
    ['محمودی', 'محوی', false],
    ['محمودی', 'حممودی', true],
    ['محمودی', 'یحمودم', false],
    ['', 'ا', true],
  ])('%s %s', (a, b, want) => {
    expect([oneSlip(a, b), oneSlip(b, a)]).toEqual([want, want])
  })
})
