import { dayOf } from '../../shared/domain/jalali.ts'
import { type Daftar, expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test.use({ seeded: 'setup' })

const person = async ({ api }: Daftar, last_name: string) =>
  (await api.customers.add({ kind: 'person', first_name: 'رضا', last_name, channels: [] })).id
const activitiesOf = async ({ api }: Daftar, party_id: string) =>
  (await api.activities.timeline({ party_id })).entries.flatMap((e) => ('activity' in e ? [e.activity] : []))

test('a call with its outcome and its follow-up is logged, corrected and taken back without the mouse', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const id = await person(daftar, 'تلفنی')
  await daftar.open(`/customers/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'رضا تلفنی' })).toBeVisible()
  // The key of the call works under the Persian layout as well: letters are places.
  await page.keyboard.press('KeyC')
  await expect(page.getByRole('textbox', { name: fa('activities:compose.call') })).toBeFocused()
  await page.keyboard.type('قیمت کولر را پرسید')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('radio', { name: fa('activities:direction.out'), exact: true })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: fa('activities:outcome') })).toBeFocused()
  await page.keyboard.type('قیمت گ')
  await expect(page.getByRole('option', { name: 'قیمت گرفت', exact: true })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: fa('activities:outcome') })).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: fa('activities:minutes') })).toBeFocused()
  await page.keyboard.type('۱۲')
  await page.keyboard.press('Enter')
  await page.keyboard.type('دیروز ۱۱ صبح')
  await page.keyboard.press('Tab')
  // Over «others» and «save» to the follow-up.
  const followUp = page.getByRole('button', { name: fa('activities:next.add'), exact: true })
  for (let i = 0; i < 4 && !(await followUp.evaluate((b) => b === document.activeElement)); i++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  // Opened and left empty it does not vanish without a word.
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(fa('activities:next.needed'))).toBeVisible()
  const next = page.getByRole('group', { name: fa('activities:next.title') })
  await expect(next.getByRole('textbox', { name: fa('activities:next.when') })).toBeFocused()
  await page.keyboard.type('فردا ۱۰ صبح')
  await page.keyboard.press('Enter')
  await page.keyboard.type('پیش‌فاکتور بفرستم')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(fa('activities:savedWithNext'))).toBeVisible()
  const entry = page.getByRole('article').filter({ hasText: 'قیمت کولر را پرسید' })
  await expect(entry).toContainText(fa('activities:callName.in'))
  await expect(entry).toContainText('قیمت گرفت')
  await expect(entry).toContainText('۱۲ دقیقه')
  expect(await activitiesOf(daftar, id)).toMatchObject([{ kind: 'call', direction: 'in', minutes: 12 }])
  const { next_contact, last_contact } = await api.customers.get({ id })
  expect(next_contact).not.toBeNull()
  expect(last_contact).not.toBeNull()

  // Corrected where it stands: the menu, the words, Ctrl+Enter.
  await entry.getByRole('button', { name: fa('activities:actions', { what: fa('activities:kind.call') }) }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const words = entry.getByRole('textbox', { name: fa('activities:compose.call') })
  await expect(words).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type(' و رفت')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('قیمت کولر را پرسید و رفت')).toBeVisible()
  await expect(entry).toContainText(fa('activities:edited'))
  // The keys go on where they were.
  await expect(
    entry.getByRole('button', { name: fa('activities:actions', { what: fa('activities:kind.call') }) }),
  ).toBeFocused()

  // And taken back from its notice.
  await expect(page.getByText(fa('activities:updated'))).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.press('Enter')
  await expect(page.getByText('قیمت کولر را پرسید', { exact: true })).toBeVisible()
  expect(await activitiesOf(daftar, id)).toMatchObject([{ body: 'قیمت کولر را پرسید', minutes: 12 }])
})

test('a half-written visit survives a killed program; what has not happened yet is not saved as if it had', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const id = await person(daftar, 'نیمه‌کاره')
  await daftar.open(`/customers/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'رضا نیمه‌کاره' })).toBeVisible()
  await page.keyboard.press('v')
  await page.keyboard.type('یخچالش را دیدم')
  await page.getByRole('textbox', { name: fa('activities:when'), exact: true }).fill('فردا')
  await expect(page.getByText(fa('errors:NOT_YET'))).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: fa('activities:save.visit') })).toBeDisabled()
  await page.getByRole('textbox', { name: fa('activities:when'), exact: true }).fill('امروز')
  await expect
    .poll(async () => JSON.stringify(await api.drafts.get({ key: `activities.log.${id}` })))
    .toContain(`"day":"${dayOf(Date.now())}"`)
  await daftar.kill()
  await daftar.restart()
  await daftar.open(`/customers/${id}`)
  const words = page.getByRole('textbox', { name: fa('activities:compose.visit') })
  await expect(words).toHaveValue('یخچالش را دیدم')
  expect(await activitiesOf(daftar, id)).toEqual([])
  await words.press('Control+Enter')
  await expect(page.getByText(fa('activities:saved.visit'))).toBeVisible()
  await expect(page.getByRole('article').filter({ hasText: 'یخچالش را دیدم' })).toBeVisible()
  await daftar.open(`/customers/${id}`)
  await expect(page.getByRole('textbox', { name: fa('activities:compose.note') })).toHaveValue('')
})

test('a timeline is narrowed by kind and words, names who was there, and tells a colleague', async ({ daftar }) => {
  const { page, api } = daftar
  const id = await person(daftar, 'پرگفتگو')
  const other = await person(daftar, 'همراه')
  const colleague = await api.users.add({ name: 'علی محمدی', role: 'seller' })
  for (let i = 0; i < 40; i++)
    await api.activities.log({
      activity: {
        kind: i % 2 ? 'call' : 'note',
        party_ids: i === 7 ? [id, other] : [id],
        body: i === 7 ? 'قرارداد یونجه' : `گفتگوی ${i}`,
      },
    })
  await daftar.open(`/customers/${id}`)
  const timeline = page.getByRole('region', { name: fa('activities:title') })
  const entries = timeline.getByRole('article')
  await expect(entries).toHaveCount(30)
  await timeline.getByRole('button', { name: fa('activities:more') }).click()
  await expect(entries).toHaveCount(41)
  await timeline.getByRole('radio', { name: fa('activities:chip.calls') }).click()
  await expect(entries).toHaveCount(20)
  await timeline.getByRole('searchbox', { name: fa('activities:search') }).fill('يونجه')
  await expect(entries).toHaveCount(1)
  await entries.getByRole('link', { name: 'رضا همراه' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'رضا همراه' })).toBeVisible()
  await expect(entries.filter({ hasText: 'قرارداد یونجه' })).toContainText('رضا پرگفتگو')

  await page.keyboard.press('m')
  await page.keyboard.type('لطفاً @عل')
  await expect(timeline.getByRole('list', { name: fa('activities:colleagues') })).toContainText('علی محمدی')
  await page.keyboard.press('Enter')
  await page.keyboard.type('پیگیری کند')
  await page.keyboard.press('Control+Enter')
  await expect(entries.filter({ hasText: 'لطفاً @علی محمدی پیگیری کند' })).toBeVisible()
  expect(await activitiesOf(daftar, other)).toMatchObject([{ mentions: [colleague.id] }, { kind: 'call' }])
})
