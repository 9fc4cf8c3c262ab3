import { afterAll, beforeAll, expect, it } from 'vitest'
import { customersService as customers } from '../../main/modules/customers/service.ts'
import { searchService } from '../../main/modules/search/service.ts'
import { CustomerInput } from '../../shared/contract/customers.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
type People = Awaited<ReturnType<typeof searchService.people>>
type Given = Parameters<typeof CustomerInput.parse>[0]
let ctx: TestCtx
const search = {
  people: (names: string[], limit = 6) => searchService.people(ctx, { names, limit }, CALL) as People,
}
const add = (input: object) =>
  (customers.add(ctx, CustomerInput.parse({ kind: 'person', ...input } as Given), CALL) as { id: string }).id
const phone = (value: string) => ({ kind: 'phone', type: 'mobile', value })
const shown = (name: string) => {
  const [one] = search.people([name])
  return { names: one!.customers.map((c) => c.name), clear: one!.clear, rest: one!.rest }
}
const ids: Record<string, string> = {}

beforeAll(async () => {
  ctx = await testCtx()
  const pars = add({ kind: 'company', company_name: 'پارس خودرو' })
  ids['pars'] = pars
  ids['reza'] = add({ first_name: 'رضا', last_name: 'رضایی', channels: [phone('09121112233')] })
  ids['ali'] = add({
    first_name: 'علی',
    last_name: 'رضایی',
    addresses: [{ type: 'work', province: 'زنجان', city: 'زنجان', address: null, postal_code: null }],
  })
  add({ first_name: 'علی', last_name: 'رضایی‌فر' })
  ids['karimi'] = add({
    first_name: 'محمد',
    last_name: 'کریمی',
    links: [{ kind: 'works_at', role: 'مدیر', outgoing: true, other_id: pars }],
  })
  add({ first_name: 'رضا', last_name: 'محمدی' })
})
afterAll(() => ctx.close())

it('takes the only one, or the only one of exactly this name, and nobody where several are called so', () => {
  expect(shown('کریمی')).toMatchObject({ clear: ids['karimi'] })
  expect(shown('علی رضایی')).toMatchObject({ clear: ids['ali'], names: ['علی رضایی', 'علی رضایی‌فر'] })
  const many = shown('رضایی')
  expect(many.clear).toBeNull()
  expect(many.names).toEqual(expect.arrayContaining(['رضا رضایی', 'علی رضایی', 'علی رضایی‌فر']))
})

it('knows people by their number and their company, not by their city', () => {
  expect(shown('۰۹۱۲۱۱۱۲۲۳۳')).toMatchObject({ clear: ids['reza'] })
  expect(shown('پارس خودرو').names).toEqual(expect.arrayContaining(['پارس خودرو', 'محمد کریمی']))
  expect(shown('پارس خودرو').clear).toBe(ids['pars'])
  expect(shown('زنجان').names).toEqual([])
})

it('finds somebody by the place that is called by the name', () => {
  expect(shown('مغازهٔ کریمی')).toMatchObject({ clear: ids['karimi'], rest: '' })
  expect(shown('شرکت پارس خودرو')).toMatchObject({ clear: ids['pars'] })
  expect(shown('خانه')).toMatchObject({ names: [] })
})

it('gives words back that belong to the sentence, and never takes somebody for a given name alone', () => {
  expect(shown('کریمی ناراضی بود')).toEqual({ names: ['محمد کریمی'], clear: null, rest: 'ناراضی بود' })
  expect(shown('رضا زمردیان')).toEqual({ names: [], clear: null, rest: '' })
  expect(shown('زمردیان')).toEqual({ names: [], clear: null, rest: '' })
})

it('answers several names at once in their order, and says when there are more', () => {
  const found = search.people(['کریمی', '', '"*', 'رضایی'], 2)
  expect(found.map((one) => [one.name, one.customers.length, one.more])).toEqual([
    ['کریمی', 1, false],
    ['', 0, false],
    ['"*', 0, false],
    ['رضایی', 2, true],
  ])
})
