import { violations } from './axe.ts'
import { type Daftar, expect, test } from './fixtures.ts'
import { en, fa, said } from './words.ts'

test.use({ seeded: 'setup' })

const person = async ({ api }: Daftar, first_name: string, last_name: string) =>
  (await api.customers.add({ kind: 'person', first_name, last_name, channels: [] })).id
const activitiesOf = async ({ api }: Daftar, party_id: string) =>
  (await api.activities.timeline({ party_id })).entries.flatMap((e) => ('activity' in e ? [e.activity] : []))
const tasksOf = async ({ api }: Daftar, text: string) =>
  (await api.tasks.groups({ owner: 'all', text })).groups.flatMap(({ rows }) => rows)
const weekdayOf = (day: string | null) => new Date(`${day}T00:00:00Z`).getUTCDay()
const TUESDAY = 2
const box = ({ page }: Daftar) => page.getByRole('dialog', { name: fa('quicklog:title') })
const line = (daftar: Daftar) => box(daftar).getByRole('textbox', { name: fa('quicklog:title') })

async function begin(daftar: Daftar, path = '/tasks'): Promise<void> {
  await daftar.open(path)
  await daftar.page.getByRole('main').focus()
  await daftar.page.keyboard.press('KeyL')
  await expect(line(daftar)).toBeFocused()
}

test('a sentence becomes a call and a task for Tuesday: by keyboard alone, one of several customers chosen, and both taken back', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const ids = [await person(daftar, 'رضا', 'رضایی'), await person(daftar, 'علی', 'رضایی')]
  await begin(daftar)
  await page.keyboard.type('تماس با رضایی، قیمت را پرسید، سه‌شنبه پیگیری')
  const which = box(daftar).getByRole('listbox', { name: fa('quicklog:whichTitle', { name: 'رضایی' }) })
  await expect(which.getByRole('option').filter({ hasText: 'رضایی' }).first()).toBeVisible()
  await expect(box(daftar)).toContainText(fa('activities:callName.out'))
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.next') })).toContainText('سه‌شنبه')
  await page.keyboard.press('Enter')
  await expect(which.getByRole('option').first()).toBeFocused()
  await expect(box(daftar).getByRole('alert')).toHaveText(fa('quicklog:problem.which'))
  expect(await violations(page, {})).toEqual([])
  const names = await which.getByRole('option').allInnerTexts()
  const ali = names.findIndex((name) => name.includes('علی'))
  await page.keyboard.press('Escape')
  await expect(line(daftar)).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press(String(ali + 1))
  await expect(box(daftar)).toBeHidden()
  expect(await activitiesOf(daftar, ids[0]!)).toEqual([])
  expect(await activitiesOf(daftar, ids[1]!)).toMatchObject([{ kind: 'call', direction: 'out', body: 'قیمت را پرسید' }])
  const [task] = await tasksOf(daftar, 'پیگیری')
  expect(task).toMatchObject({ title: 'پیگیری', kind: 'todo', party: { id: ids[1] } })
  expect(weekdayOf(task!.due_date)).toBe(TUESDAY)

  // The customer is one press away, and so is the way back, of both at once.
  const toast = page.getByRole('alertdialog').filter({ hasText: 'علی رضایی' })
  await toast.getByRole('button', { name: fa('quicklog:openCustomer') }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'علی رضایی' })).toBeVisible()
  await expect(page.getByRole('article').filter({ hasText: 'قیمت را پرسید' })).toBeVisible()

  // On the page of a customer nobody needs to be named; a call without an answer has its outcome, and Shift+Enter goes on.
  await page.getByRole('main').focus()
  await page.keyboard.press('Control+j')
  await expect(line(daftar)).toBeFocused()
  await page.keyboard.type('تماس، جواب نداد، فردا ۱۰ صبح زنگ بزنم')
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.who') })).toContainText('علی رضایی')
  await page.keyboard.press('Shift+Enter')
  await expect(line(daftar)).toHaveValue('')
  expect((await activitiesOf(daftar, ids[1]!))[0]).toMatchObject({
    kind: 'call',
    outcome: { name: 'جواب نداد' },
    body: '',
  })
  expect(await tasksOf(daftar, 'زنگ بزنم')).toMatchObject([{ kind: 'call', due_minute: 600, party: { id: ids[1] } }])
  await page.keyboard.press('Escape')
  await expect(box(daftar)).toBeHidden()
  await page.keyboard.press('F6')
  await page.keyboard.press('Enter')
  await expect(page.getByText(fa('common:undone.whole'))).toBeVisible()
  expect(await tasksOf(daftar, 'زنگ بزنم')).toEqual([])
  expect(await activitiesOf(daftar, ids[1]!)).toHaveLength(1)
  expect((await api.customers.get({ id: ids[1]! })).next_contact).toBe(task!.due_date)
})

test('somebody new is added without leaving the line, parts are corrected where they stand, and a plan alone is only a task', async ({
  daftar,
}) => {
  const { page, api } = daftar
  const ahmadi = await person(daftar, 'نادر', 'احمدی')
  await begin(daftar)
  await page.keyboard.type('دیروز با احمدی و زمردیان جلسه داشتیم، ۴۵ دقیقه، قرارداد را دیدند')
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.who') })).toContainText('نادر احمدی')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('1')
  const add = box(daftar).getByRole('form', { name: fa('customers:quick.title') })
  await expect(add.getByRole('textbox', { name: fa('customers:quick.phone') })).toBeFocused()
  await page.keyboard.type('09121234567')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(line(daftar)).toBeFocused()
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.who') })).toContainText('زمردیان')

  // It was a visit, and of an hour; the words are mended too.
  const what = box(daftar).getByRole('button', { name: fa('quicklog:part.what') })
  await what.focus()
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('radio', { name: fa('activities:kind.meeting') })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  const minutes = box(daftar).getByRole('textbox', { name: fa('activities:minutes') })
  await minutes.fill('۶۰')
  expect(await violations(page, {})).toEqual([])
  await page.keyboard.press('Escape')
  await expect(what).toBeFocused()
  await expect(what).toContainText(fa('activities:kind.visit'))
  await box(daftar)
    .getByRole('button', { name: fa('quicklog:part.next') })
    .focus()
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('textbox', { name: fa('activities:next.when') })).toBeFocused()
  await box(daftar)
    .getByRole('textbox', { name: fa('activities:next.when') })
    .fill('هفته آینده')
  await page.keyboard.press('Control+Enter')
  await expect(box(daftar)).toBeHidden()
  expect(await activitiesOf(daftar, ahmadi)).toMatchObject([
    { kind: 'visit', minutes: 60, body: 'قرارداد را دیدند', parties: [{ id: ahmadi }, { name: 'زمردیان' }] },
  ])
  expect((await api.customers.get({ id: ahmadi })).next_contact).not.toBeNull()
  const [found] = (await api.search.all({ text: '09121234567' })).customers
  expect(found?.customer.name).toBe('زمردیان')

  // Nothing happened yet: a task, for nobody in the book if that is wished.
  await page.keyboard.press('KeyL')
  await page.keyboard.type('فردا ۱۰ صبح به فرهمندپور زنگ بزنم')
  await expect(box(daftar)).toContainText(fa('quicklog:plan'))
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('option').first()).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(box(daftar)).toBeHidden()
  expect(await tasksOf(daftar, 'فرهمندپور')).toMatchObject([{ kind: 'call', due_minute: 600, party: null }])

  // What comes again, for a colleague whom @ offers; what is understood of it can be corrected, and a day that is none says why.
  const { id: saeed } = await api.users.add({ name: 'سعید نوری', role: 'seller' })
  await page.keyboard.press('KeyL')
  await page.keyboard.type('@سع')
  await expect(box(daftar).getByRole('list', { name: fa('activities:colleagues') })).toContainText('سعید نوری')
  await page.keyboard.press('Enter')
  await expect(line(daftar)).toHaveValue('@سعید نوری ')
  await page.keyboard.type('هر شنبه به احمدی زنگ بزند')
  const next = box(daftar).getByRole('button', { name: fa('quicklog:part.task') })
  await expect(next).toContainText(fa('tasks:rule.weeks_one', { days: fa('tasks:weekday.0') }))
  await expect(next).toContainText(fa('quicklog:forColleague', { name: 'سعید نوری' }))
  await next.focus()
  await page.keyboard.press('Enter')
  await box(daftar)
    .getByRole('textbox', { name: fa('tasks:form.repeat') })
    .fill('هر دو هفته سه‌شنبه')
  expect(await violations(page, {})).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(box(daftar)).toBeHidden()
  const [again] = await tasksOf(daftar, 'به احمدی زنگ بزند')
  expect(again).toMatchObject({ rule: '1;W;n=2;w=3', owner_id: saeed, party: { id: ahmadi } })
  expect(weekdayOf(again!.due_date)).toBe(TUESDAY)
  await page.keyboard.press('KeyL')
  await page.keyboard.type('تماس با احمدی، ۳۱ مهر پیگیری')
  await expect(box(daftar).locator('[data-part=next]')).toContainText('۳۰ روز دارد')
  await line(daftar).fill('')
  await page.keyboard.press('Escape')
  await expect(box(daftar)).toBeHidden()

  // A plan at an hour that is none is no note of now: it says why and asks for the day.
  await page.keyboard.press('KeyL')
  await page.keyboard.type('ساعت ۲۵ به احمدی زنگ بزنم')
  await expect(next).toContainText(fa('ui:noDay.NO_SUCH_HOUR'))
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('alert')).toHaveText(fa('quicklog:problem.day'))
  const when = box(daftar).getByRole('textbox', { name: fa('activities:next.when') })
  await expect(when).toBeFocused()
  await when.fill('فردا ۱۰ صبح')
  await page.keyboard.press('Control+Enter')
  await expect(box(daftar)).toBeHidden()
  expect(await tasksOf(daftar, 'ساعت ۲۵')).toMatchObject([{ kind: 'call', due_minute: 600, party: { id: ahmadi } }])

  // A line that means nothing is a note, and asks whose.
  await api.search.opened({ id: ahmadi })
  await page.keyboard.press('KeyL')
  await page.keyboard.type('پنجاه کارتن کم آمد')
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('alert')).toHaveText(fa('quicklog:problem.who'))
  // Enter once more takes nobody who only happened to be opened last: it leads to the search.
  const search = box(daftar).getByRole('option', { name: fa('quicklog:find') })
  await expect(search).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(box(daftar).getByRole('combobox', { name: fa('quicklog:whoMany') })).toBeFocused()
  await page.keyboard.press('Escape')
  await line(daftar).focus()
  await page.keyboard.press('Enter')
  await expect(search).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(box(daftar).getByRole('option').filter({ hasText: 'نادر احمدی' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(box(daftar)).toBeHidden()
  expect((await activitiesOf(daftar, ahmadi))[0]).toMatchObject({ kind: 'note', body: 'پنجاه کارتن کم آمد' })

  // A note says whose it is.
  await page.keyboard.press('KeyL')
  await page.keyboard.type('یادداشت نادر احمدی: فقط عصرها جواب می‌دهد')
  await page.keyboard.press('Enter')
  await expect(box(daftar)).toBeHidden()
  expect((await activitiesOf(daftar, ahmadi))[0]).toMatchObject({ kind: 'note', body: 'فقط عصرها جواب می‌دهد' })
})

test('what is half-written stays over Esc and a killed program, the palette offers what reads like a line, also in English', async ({
  daftar,
}) => {
  const { page } = daftar
  const id = await person(daftar, 'سهیلا', 'بهرامی')
  await begin(daftar, `/customers/${id}`)
  await page.keyboard.type('قیمت شیر را')
  await page.keyboard.press('Escape')
  await expect(box(daftar)).toBeHidden()
  await page.keyboard.press('KeyL')
  await expect(line(daftar)).toHaveValue('قیمت شیر را')
  await line(daftar).press('End')
  await page.keyboard.type(' پرسید')
  await expect
    .poll(async () => JSON.stringify(await daftar.api.drafts.get({ key: 'quicklog.line' })))
    .toContain('پرسید')
  await daftar.kill()
  await daftar.restart()

  // From the palette, with another line: neither is lost, and the first still knows on whose page it was begun.
  await daftar.open('/tasks')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('call with Bahrami, asked price, follow up tuesday')
  await expect(page.getByRole('option').first()).toHaveText(/call with Bahrami/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('جلسه با بهرامی، نمونه دید')
  await page.keyboard.press('Enter')
  await expect(line(daftar)).toHaveValue('جلسه با بهرامی، نمونه دید')
  await expect(box(daftar)).toContainText(fa('quicklog:earlier', { text: 'قیمت شیر را پرسید' }))
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.who') })).toContainText('سهیلا بهرامی')
  await page.keyboard.press('Enter')
  await expect(page.getByText(said('quicklog:said.meeting', { who: 'سهیلا بهرامی' }))).toBeVisible()
  await expect(box(daftar)).toBeHidden()
  // Whatever the focus went back to, its row has an L of its own; this one means the line from anywhere.
  await page.keyboard.press('Control+j')
  await expect(line(daftar)).toHaveValue('قیمت شیر را پرسید')
  await expect(box(daftar).getByRole('button', { name: fa('quicklog:part.who') })).toContainText('سهیلا بهرامی')
  await page.keyboard.press('Enter')
  await expect(box(daftar)).toBeHidden()
  expect((await activitiesOf(daftar, id)).map(({ kind, body }) => [kind, body])).toEqual([
    ['note', 'قیمت شیر را پرسید'],
    ['meeting', 'نمونه دید'],
  ])

  await daftar.api.customers.add({ kind: 'person', first_name: 'Omid', last_name: 'Rezaei', channels: [] })
  await daftar.api.settings.updateDevice({ language: 'en' })
  const dialog = page.getByRole('dialog', { name: en('quicklog:title') })
  await page.getByRole('main').focus()
  await page.keyboard.press('KeyL')
  await page.keyboard.type('call with Rezaei, asked price, follow up tuesday')
  await expect(dialog.getByRole('button', { name: en('quicklog:part.who') })).toContainText('Omid Rezaei')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const [task] = await tasksOf(daftar, 'follow up')
  expect(weekdayOf(task!.due_date)).toBe(TUESDAY)
  await daftar.api.settings.updateDevice({ language: 'fa' })
})
