import { describe, expect, it } from 'vitest'
import type { Command } from '../../renderer/app/module.ts'
import { asMember, type ChangeItem, isCreation, readableFields } from '../../renderer/modules/customers/change-model.ts'
import { hrefOf } from '../../renderer/modules/customers/link-address.ts'
import { fullest } from '../../renderer/modules/duplicates/merge-model.ts'
import {
  atStep,
  canIdentify,
  comingOf,
  doublesOf,
  newOf,
  type PreviewCounts,
  type PreviewRow,
  rereadAs,
  type Staged,
  samplesOf,
  waitingFor,
} from '../../renderer/modules/imports/import-model.ts'
import { matchingCommands, stepTo } from '../../renderer/modules/search/palette-model.ts'

describe('where a click on an e-mail or link goes', () => {
  const link = (value: string, type: Parameters<typeof hrefOf>[0]['type'] = 'other') =>
    hrefOf({ kind: 'link', type, value })
  it('is a whole address, a domain, or a name at a known site', () => {
    expect(link('https://example.com/x?y=1')).toBe('https://example.com/x?y=1')
    expect(link('noor.ir/shop')).toBe('https://noor.ir/shop')
    expect(link('@noor_shop', 'instagram')).toBe('https://instagram.com/noor_shop')
    expect(link('noor', 'telegram')).toBe('https://t.me/noor')
    expect(hrefOf({ kind: 'email', type: 'work', value: ' a@b.ir ' })).toBe('mailto:a@b.ir')
  })
  it('is nowhere for anything else, scripts above all', () => {
    for (const value of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'فروشگاه نور', 'noor', ''])
      expect(link(value), value).toBeNull()
    expect(hrefOf({ kind: 'email', type: 'work', value: 'a@b' })).toBeNull()
    expect(hrefOf({ kind: 'phone', type: 'mobile', value: '09121234567' })).toBeNull()
  })
})

describe('what of a change is worth reading', () => {
  type Field = ChangeItem['fields'][number]
  const field = (table: string, name: string, from: unknown, to: unknown, names: Partial<Field> = {}): Field => ({
    table,
    field: name,
    from,
    to,
    from_name: null,
    to_name: null,
    ...names,
  })
  const shown = (fields: Field[], isCounter = false) =>
    readableFields(fields, isCounter).map((f) => `${f.table}.${f.field}`)
  it('leaves out what only holds rows together, and of a new phone all but its number', () => {
    expect(
      shown([
        field('party_channel', 'position', 0, 1),
        field('party_channel', 'type', null, 'mobile'),
        field('party_channel', 'value', null, '09121234567'),
        field('party_channel', 'type', 'mobile', 'work'),
        field('party', 'about', null, ''),
        field('party_link', 'to_id', null, 'x', { to_name: 'نور' }),
      ]),
    ).toEqual(['party_channel.value', 'party_channel.type', 'party_link.to_id'])
  })
  it('hides labels, credit, blacklist and what was written from a customer at the counter', () => {
    const secret = [
      field('party', 'credit_limit', 1, 2),
      field('party', 'blacklisted', 0, 1),
      field('party', 'blacklist_reason', null, 'x'),
      field('party_tag', 'tag_id', null, 'x'),
      field('party_tag', 'deleted', 0, 1),
      field('activity', 'body', null, 'x'),
      field('task', 'title', 'a', 'b'),
      field('lead', 'body', null, 'x'),
    ]
    expect(shown([...secret, field('party', 'last_name', 'a', 'b')], true)).toEqual(['party.last_name'])
    expect(shown(secret)).toHaveLength(8)
  })
  it('tells a row that was taken out or brought back by its name', () => {
    const off = field('party_tag', 'deleted', 0, 1, { from_name: 'عمده' })
    expect(asMember(off)).toMatchObject({ table: 'party_tag', field: 'tag_id', from: 'عمده', to: null })
    expect(asMember(field('party_role', 'deleted', 1, 0, { to_name: 'supplier' }))).toMatchObject({
      field: 'role',
      from: null,
      to: 'supplier',
    })
    expect(asMember(field('party', 'deleted', 0, 1))).toBeNull()
    expect(asMember(field('party', 'source_id', 'x', null, { from_name: 'نمایشگاه' }))).toBeNull()
  })
  it('knows the change that put the customer in', () => {
    const entry = (fields: Field[]) => ({ fields }) as ChangeItem
    expect(isCreation(entry([field('party', 'kind', null, 'person')]))).toBe(true)
    expect(isCreation(entry([field('party', 'last_name', null, 'نوری')]))).toBe(false)
  })
})

describe('commands of the palette', () => {
  const commands = [
    { id: 'add', label: 'مشتری جدید' },
    { id: 'list', label: 'فهرست مشتریان' },
    { id: 'palette', label: 'جستجو', hidden: true },
  ] as unknown as Command[]
  const found = (text: string) => matchingCommands(commands, text, (c) => c.label).map((c) => c.id)
  it('hold every typed word, whatever letters and layout it was typed with', () => {
    expect(found('')).toEqual(['add', 'list'])
    expect(found('جدید مشتری')).toEqual(['add'])
    expect(found('مشتري')).toEqual(['add', 'list'])
    expect(found('tivsj')).toEqual(['list'])
    expect(found('جستجو')).toEqual([])
  })
  it('come by their names before those that only have the word beside them', () => {
    const words = ({ id }: Command) => (id === 'add' ? 'فهرست' : 'مشتریان جدید')
    const named = (text: string) => matchingCommands(commands, text, (c) => c.label, words).map((c) => c.id)
    expect(named('فهرست')).toEqual(['list', 'add'])
    expect(named('جدید')).toEqual(['add', 'list'])
  })
  it('are walked in a ring', () => {
    expect([stepTo(0, -1, 3), stepTo(2, 1, 3), stepTo(1, 1, 3), stepTo(0, 1, 0)]).toEqual([2, 0, 2, 0])
  })
})

describe('a file before it comes in', () => {
  const rows = ['تهران', ' ', 'تهران', 'یزد', 'قم', 'اهواز'].map((cell) => ({
    cells: ['x', cell],
  })) as unknown as PreviewRow[]
  const staged = { headers: ['نام', 'شهر'], mapping: ['full_name', 'city'] } as unknown as Staged
  it('shows up to three different values of a column', () => {
    expect(samplesOf(rows, 1)).toEqual(['تهران', 'یزد', 'قم'])
    expect(samplesOf([], 0)).toEqual([])
    expect(samplesOf(rows, 7)).toEqual([])
  })
  it('needs a column by which someone can be known', () => {
    expect(canIdentify([null, 'city', 'mobile'])).toBe(true)
    expect(canIdentify(['city', 'email', null])).toBe(false)
  })
  it('warns of several columns where there is room for one, and only there', () => {
    expect(doublesOf(['full_name', 'mobile', null, 'full_name', 'mobile'])).toEqual([
      { field: 'full_name', columns: [0, 3] },
    ])
  })
  it('counts what comes and who is nobody yet', () => {
    const counts = { rows: 10, bad: 1, skip: 2, fill: 1, update: 1, add: 5, duplicates: 4 } as PreviewCounts
    expect([comingOf(counts), newOf(counts)]).toEqual([7, 5])
  })
  it('keeps the choice of columns when the file is read again with the same ones', () => {
    const chosen = { ...waitingFor(staged), mapping: [null, 'city' as const] }
    expect(rereadAs(chosen, { ...staged, total: 3 }, { header_row: 2 }).mapping).toEqual([null, 'city'])
    const other = { ...staged, headers: ['تلفن'], mapping: ['phone' as const] }
    expect(rereadAs(chosen, other, { header_row: 3 }).mapping).toEqual(['phone'])
  })
  it('remembers how far it was when going back', () => {
    const back = atStep(atStep(waitingFor(staged), 'check'), 'reading')
    expect([back.step, back.reached]).toEqual(['reading', 'check'])
  })
})

describe('who stays in a merge where nobody chooses', () => {
  const record = (id: string, created_at: number, more: object = {}) =>
    ({ id, created_at, channels: [], addresses: [], tags: [], ...more }) as unknown as Parameters<typeof fullest>[0][0]
  it('is the record that says most', () => {
    expect(fullest([record('new', 9), record('full', 5, { last_name: 'رضایی', about: 'نقد می‌خرد' })])).toBe('full')
  })
  it('of equals is the oldest', () => {
    expect(fullest([record('new', 9), record('old', 5)])).toBe('old')
  })
})
