import { describe, expect, it } from 'vitest'
import {
  emptyForm,
  formOf,
  inputOf,
  isChanged,
  isEnough,
  patchOf,
} from '../../renderer/modules/customers/form-model.ts'
import { formOfQuick, inputOfQuick, kindOf, quickOfText } from '../../renderer/modules/customers/quick-model.ts'
import { rebase } from '../../renderer/modules/customers/rebase.ts'
import { clashes } from '../../renderer/ui/clashes.ts'
import { Customer, CustomerInput, CustomerPatch } from '../../shared/contract/customers.ts'

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const record = (change: Partial<Customer> = {}) =>
  Customer.parse({
    id: id(1),
    kind: 'person',
    name: 'علی کریمی',
    title: null,
    first_name: 'علی',
    last_name: 'کریمی',
    company_name: null,
    national_id: null,
    company_id: null,
    economic_code: null,
    registration_number: null,
    sheba: null,
    card_number: null,
    birth_jy: null,
    birth_jm: 3,
    birth_jd: 12,
    credit_limit: 5_000_000,
    blacklisted: false,
    blacklist_reason: null,
    about: null,
    source_id: null,
    owner_id: null,
    created_at: 1,
    updated_at: 1,
    last_contact: null,
    next_contact: null,
    slips_on: null,
    deleted: false,
    channels: [
      { id: id(2), kind: 'phone', type: 'mobile', value: '09121234567', e164: '+989121234567' },
      { id: id(3), kind: 'email', type: 'work', value: 'ali@example.com', e164: null },
    ],
    addresses: [{ id: id(4), type: 'shop', province: null, city: 'تهران', address: null, postal_code: null }],
    links: [],
    roles: ['customer'],
    tags: [{ id: id(5), name: 'عمده', color: null, kind: 'tag' }],
    ...change,
  })
const base = formOf(record())
const phone = base.channels[0]!
const email = base.channels[1]!

describe('the patch of a form', () => {
  it('is empty as long as nothing differs from the record', () => {
    expect(patchOf(base, formOf(record()))).toEqual({})
    expect(isChanged(base, { ...base, about: '  ', roles: [...base.roles] })).toBe(false)
  })
  it('holds only what differs, emptied texts as nothing', () => {
    const patch = patchOf(base, { ...base, last_name: ' رضایی ', first_name: ' ', credit_limit: null, birth: null })
    expect(patch).toEqual({
      last_name: 'رضایی',
      first_name: null,
      credit_limit: null,
      birth_jy: null,
      birth_jm: null,
      birth_jd: null,
    })
    expect(CustomerPatch.safeParse(patch).success).toBe(true)
  })
  it('names kept members of a list by their id, new ones without, and leaves out what was begun and left empty', () => {
    const added = { key: 'new-1', kind: 'phone', type: 'work', value: ' 02188776655 ' } as const
    const channels = [phone, added, { ...added, key: 'new-2', value: ' ' }]
    expect(patchOf(base, { ...base, channels })).toEqual({
      channels: [
        { id: id(2), kind: 'phone', type: 'mobile', value: '09121234567' },
        { kind: 'phone', type: 'work', value: '02188776655' },
      ],
    })
    expect(patchOf(base, { ...base, channels: [...base.channels, { ...added, value: '' }] })).toEqual({})
  })
  it('takes the order of roles and labels for no change', () => {
    const two = { ...base, roles: ['customer', 'supplier'] as typeof base.roles }
    expect(patchOf(two, { ...two, roles: ['supplier', 'customer'] })).toEqual({})
  })
})

describe('a new record', () => {
  it('holds all that was filled in, and the role it began with', () => {
    const input = inputOf({ ...emptyForm('person'), last_name: 'نوری' })
    expect(CustomerInput.parse(input)).toMatchObject({ kind: 'person', last_name: 'نوری', roles: ['customer'] })
    expect(input).not.toHaveProperty('about')
  })
  it('needs a name or a phone', () => {
    const empty = emptyForm('person')
    expect(isEnough(empty)).toBe(false)
    expect(isEnough({ ...empty, channels: [{ ...phone, value: '0912' }] })).toBe(true)
    expect(isEnough({ ...empty, channels: [email] })).toBe(false)
    expect(isEnough({ ...empty, company_name: 'نور' })).toBe(true)
  })
})

describe('a record that changed elsewhere while its form was open', () => {
  it('gives untouched fields their new values and keeps touched ones', () => {
    const form = { ...base, last_name: 'رضایی', about: 'نوشتهٔ من' }
    const now = formOf(record({ first_name: 'حسن', about: 'نوشتهٔ دیگری' }))
    const next = rebase(form, base, now)
    expect(next).toMatchObject({ first_name: 'حسن', last_name: 'رضایی', about: 'نوشتهٔ من' })
    expect(clashes(form, base, now)).toEqual(['about'])
    expect(patchOf(now, next)).toEqual({ last_name: 'رضایی', about: 'نوشتهٔ من' })
  })
  it('loses no phone of either side, and lets one go that was removed there', () => {
    const mine = { ...base, channels: [phone, email, { ...phone, key: 'new-1', value: '0215' }] }
    const there = { id: id(9), kind: 'phone' as const, type: 'work' as const, value: '0216', e164: null }
    const [first] = record().channels
    const next = rebase(mine, base, formOf(record({ channels: [first!, there] })))
    expect(next.channels.map((c) => c.value)).toEqual(['09121234567', '0215', '0216'])
  })
  it('keeps a member edited here though it was removed there', () => {
    const mine = { ...base, channels: [{ ...phone, value: '09129999999' }, email] }
    const next = rebase(mine, base, formOf(record({ channels: [] })))
    expect(next.channels.map((c) => c.value)).toEqual(['09129999999'])
  })
  it('joins labels given here and there, and takes off those taken off on either side', () => {
    const mine = { ...base, tag_ids: [id(5), id(6)] }
    const there = record({ tags: [{ id: id(7), name: 'ویژه', color: null, kind: 'tag' }] })
    expect(rebase(mine, base, formOf(there)).tag_ids).toEqual([id(6), id(7)])
  })
})

describe('the quick form', () => {
  it('guesses a company from its name until someone chooses', () => {
    expect(kindOf({ name: 'شرکت نور', phone: '', kind: null })).toBe('company')
    expect(kindOf({ name: 'شرکت نور', phone: '', kind: 'person' })).toBe('person')
    expect(kindOf({ name: 'علی رضایی', phone: '', kind: null })).toBe('person')
  })
  it('becomes a record the engine takes', () => {
    const input = inputOfQuick({ name: 'علی رضایی', phone: '۰۹۱۲۱۲۳۴۵۶۷', kind: null })
    expect(CustomerInput.parse(input)).toMatchObject({
      kind: 'person',
      first_name: 'علی',
      last_name: 'رضایی',
      channels: [{ kind: 'phone', type: 'mobile', value: '۰۹۱۲۱۲۳۴۵۶۷' }],
    })
    expect(inputOfQuick({ name: 'علی', phone: ' ', kind: null })).not.toHaveProperty('channels')
    expect(formOfQuick({ name: '', phone: '02188776655', kind: null }).channels[0]?.type).toBe('work')
  })
  it('begins with what was typed elsewhere as number or as name', () => {
    expect(quickOfText(' 0912 123 ')).toMatchObject({ phone: '0912 123', name: '' })
    expect(quickOfText('۰۲۱۸۸۷۷')).toMatchObject({ phone: '۰۲۱۸۸۷۷' })
    expect(quickOfText('علی ۲')).toMatchObject({ name: 'علی ۲', phone: '' })
  })
})
