import { type Daftar, expect, test } from './fixtures.ts'
import { fa } from './words.ts'

const person = async ({ api }: Daftar, first_name: string, last_name: string) =>
  api.customers.add({ kind: 'person', first_name, last_name, channels: [] })

const undo = fa('common:undo')

test('an edit is taken back from its notice', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'کیوان', 'اصلی')
  await daftar.open(`/customers/${id}/edit`)
  await page.getByRole('textbox', { name: fa('customers:field.party.last_name') }).fill('تازه')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'کیوان تازه' })).toBeVisible()
  await page.getByRole('button', { name: undo, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'کیوان اصلی' })).toBeVisible()
  await expect(page.getByText(fa('common:undone.whole'))).toBeVisible()
  expect((await api.customers.get({ id })).last_name).toBe('اصلی')
})

test('F6 and Enter take back a deletion without the mouse', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'پدرام', 'پاک‌شونده')
  await daftar.open(`/customers/${id}`)
  await page.getByRole('button', { name: fa('customers:show.delete'), exact: true }).click()
  await expect(page.getByText(fa('customers:show.deletedBar'))).toBeVisible()
  expect((await api.customers.get({ id })).deleted).toBe(true)
  await page.keyboard.press('F6')
  await expect(page.getByRole('button', { name: undo, exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(fa('customers:show.deletedBar'))).toBeHidden()
  expect((await api.customers.get({ id })).deleted).toBe(false)
})

test('a bulk deletion comes back whole', async ({ daftar }) => {
  const { page, api } = daftar
  for (const n of ['یک', 'دو', 'سه']) await person(daftar, 'گروهی', n)
  await daftar.open('/customers?q=گروهی')
  const grid = page.getByRole('grid', { name: fa('customers:list.label') })
  await expect(grid.getByRole('row').filter({ hasText: 'گروهی' })).toHaveCount(3)
  await grid.focus()
  await page.keyboard.press('Control+a')
  await page
    .getByRole('region', { name: fa('customers:bulk.label') })
    .getByRole('button', { name: fa('customers:bulk.delete') })
    .click()
  await expect(page.getByText(fa('customers:list.noMatchTitle'))).toBeVisible()
  await page.getByRole('button', { name: undo, exact: true }).click()
  await expect(grid.getByRole('row').filter({ hasText: 'گروهی' })).toHaveCount(3)
  expect((await api.search.all({ text: 'گروهی' })).customers).toHaveLength(3)
})

test('the history says who did what to whom and from what to what, and takes it back', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'سهیل', 'پیشین')
  await api.customers.update({ id, patch: { last_name: 'پسین' } })
  await daftar.open('/history')
  const entry = page
    .getByRole('listitem')
    .filter({ hasText: fa('history:verb.customers.update') })
    .filter({ hasText: 'سهیل' })
  await expect(entry).toContainText('مریم رضایی')
  await entry
    .getByRole('button', { name: fa('history:showDetails', { verb: fa('history:verb.customers.update') }) })
    .click()
  const row = entry.getByRole('row').filter({ hasText: fa('customers:field.party.last_name') })
  await expect(row).toContainText('پیشین')
  await expect(row).toContainText('پسین')
  await entry.getByRole('button', { name: fa('history:undoOf', { verb: fa('history:verb.customers.update') }) }).click()
  await expect(entry.getByText(fa('history:undone'), { exact: true })).toBeVisible()
  expect((await api.customers.get({ id })).last_name).toBe('پیشین')
})

test('undoing an older change keeps what was changed since, and shows it', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'رامین', 'نخست')
  const { change } = await api.customers.update({ id, patch: { last_name: 'دوم', about: 'گفتهٔ نخست' } })
  await api.customers.update({ id, patch: { last_name: 'سوم' } })
  expect(change).not.toBeNull()
  await daftar.open(`/history?party_id=${id}`)
  const updates = page.getByRole('listitem').filter({ hasText: fa('history:verb.customers.update') })
  await expect(updates).toHaveCount(2)
  await updates
    .last()
    .getByRole('button', { name: fa('history:undoOf', { verb: fa('history:verb.customers.update') }) })
    .dblclick()
  const report = page.getByRole('dialog', { name: fa('history:report.title') })
  await expect(report).toContainText(fa('history:report.why'))
  // Taken back once, however quickly it was pressed again.
  await expect(report).toContainText(fa('history:report.restored_other', { n: '۱' }))
  await expect(page.getByText(fa('common:undone.partly', { restored: '۱', kept: '۱' }))).toHaveCount(1)
  await expect(report.getByRole('row').filter({ hasText: 'سوم' })).toBeVisible()
  await page.keyboard.press('Escape')
  const now = await api.customers.get({ id })
  expect(now).toMatchObject({ last_name: 'سوم', about: null })
})

test('the history is narrowed by kind, and widened again', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'لیدا', 'یادداشتی')
  await api.activities.log({ activity: { kind: 'note', party_ids: [id], body: 'زنگ بزند.' } })
  await daftar.open('/history')
  const notes = page.getByRole('listitem').filter({ hasText: fa('history:verb.activities.add.note') })
  const adds = page.getByRole('listitem').filter({ hasText: fa('history:verb.customers.add') })
  await expect(notes.first()).toBeVisible()
  await expect(adds.first()).toBeVisible()
  const filters = page.getByRole('region', { name: fa('history:filters') })
  await filters.getByRole('button', { name: fa('history:kind') }).click()
  await page.getByRole('option', { name: fa('history:kinds.activities') }).click()
  await expect(adds).toHaveCount(0)
  await expect(notes.first()).toBeVisible()
  await filters.getByRole('button', { name: fa('history:showAll') }).click()
  await expect(adds.first()).toBeVisible()
})

test('a field remembers its values, and an old one is put back', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'مینا', 'توضیحی')
  for (const about of ['نسیه ندارد', 'نسیه دارد']) await api.customers.update({ id, patch: { about } })
  await daftar.open(`/customers/${id}`)
  const label = fa('customers:field.party.about')
  await page.getByRole('button', { name: fa('customers:history.of', { field: label }) }).click()
  const values = page.getByRole('dialog', { name: fa('customers:history.title', { field: label }) })
  await expect(values.getByRole('listitem').first()).toContainText('نسیه دارد')
  await values
    .getByRole('listitem')
    .filter({ hasText: 'نسیه ندارد' })
    .getByRole('button', { name: fa('customers:history.restore') })
    .click()
  await expect(page.getByText(fa('customers:history.restored', { field: label }))).toBeVisible()
  await expect.poll(async () => (await api.customers.get({ id })).about).toBe('نسیه ندارد')
})

test('a note is written, edited, pinned and deleted on the record, each with a way back', async ({ daftar }) => {
  const { page, api } = daftar
  const { id } = await person(daftar, 'نرگس', 'گفتنی')
  await daftar.open(`/customers/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'نرگس گفتنی' })).toBeVisible()
  await page.keyboard.press('m')
  const box = page.getByRole('textbox', { name: fa('activities:compose.note') })
  await expect(box).toBeFocused()
  await page.keyboard.type('فردا ساعت ۱۰ زنگ بزنم')
  await page.keyboard.press('Control+Enter')
  const note = page.getByRole('article').filter({ hasText: 'فردا ساعت ۱۰' })
  await expect(note).toBeVisible()
  await expect(box).toHaveValue('')
  await note.getByRole('button', { name: fa('activities:actions', { what: fa('activities:kind.note') }) }).click()
  await page.getByRole('menuitem', { name: fa('activities:delete') }).click()
  await expect(note).toBeHidden()
  await expect(page.locator(':focus')).toHaveCount(1)
  const notice = page.getByRole('alertdialog').filter({ hasText: fa('activities:deleted') })
  await notice.getByRole('button', { name: undo, exact: true }).click()
  await expect(note).toBeVisible()
  const { entries } = await api.activities.timeline({ party_id: id, kinds: ['note'] })
  expect(entries).toHaveLength(1)
})
