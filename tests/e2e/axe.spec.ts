import type { Page } from '@playwright/test'
import { showIn, violations } from './axe.ts'
import { type Daftar, expect, test } from './fixtures.ts'
import { type Language, words } from './words.ts'

interface Scene {
  name: string
  path: string
  /** Opens what is looked at, on top of the page. */
  prepare?: (page: Page, t: (key: string) => string) => Promise<unknown>
  /** What was opened is closed again by Esc, with nothing left of it. */
  closes?: boolean
  /** Rules of axe that cannot hold here. */
  without?: string[]
}

/**
 * Every page, and what opens over them, for all that holds everywhere: what axe knows, no text left over, no page longer than the window; and,
 * by the fixture, no page breaks the policy or asks anything of the world outside.
 * @param id a customer with everything in it, or null in an empty book
 */
const scenes = (id: string | null): Scene[] => [
  { name: 'today', path: '/today' },
  { name: 'tasks', path: '/tasks' },
  {
    name: 'task',
    path: '/tasks',
    closes: true,
    prepare: async (page, t) => {
      await page.keyboard.press('t')
      await expect(page.getByRole('dialog', { name: t('tasks:form.new') })).toBeVisible()
    },
  },
  { name: 'calendar', path: '/calendar' },
  { name: 'week', path: '/calendar?view=week' },
  { name: 'list', path: '/customers' },
  {
    name: 'quick add',
    path: '/customers',
    closes: true,
    prepare: async (page, t) => {
      await page
        .getByRole('banner')
        .getByRole('button', { name: t('app:add') })
        .click()
      await page.getByRole('menuitem', { name: t('customers:add') }).click()
      await page.getByRole('dialog').getByRole('textbox').first().fill('بهار')
    },
  },
  {
    name: 'palette',
    path: '/customers',
    closes: true,
    prepare: async (page) => {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'key map',
    path: '/customers',
    closes: true,
    prepare: (page) => page.keyboard.press('F1').then(() => expect(page.getByRole('dialog')).toBeVisible()),
  },
  {
    name: 'filter',
    path: '/customers',
    closes: true,
    // A popover has a hidden button for screen readers before and after its dialog, which stand in no landmark.
    without: ['region'],
    prepare: async (page, t) => {
      await page.getByRole('button', { name: t('customers:filter.title') }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'leads',
    path: '/leads',
    prepare: async (page) => {
      await page.getByRole('grid').focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'lead',
    path: '/leads',
    closes: true,
    prepare: async (page, t) => {
      await page.keyboard.press('Shift+L')
      await expect(page.getByRole('dialog', { name: t('leads:add') })).toBeVisible()
    },
  },
  {
    name: 'who works here',
    path: '/leads',
    closes: true,
    prepare: async (page) => {
      await page.keyboard.press('F9')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  { name: 'trash', path: '/customers?view=trash' },
  { name: 'new customer', path: '/customers/new' },
  { name: 'duplicates', path: '/duplicates' },
  { name: 'history', path: '/history' },
  { name: 'import', path: '/import' },
  { name: 'choices of sync', path: '/sync' },
  ...['business', 'users', 'appearance', 'calendar', 'lists', 'data', 'backups', 'sync', 'about'].map((section) => ({
    name: `settings, ${section}`,
    path: `/settings/${section}`,
  })),
  { name: 'help', path: '/help/start' },
  { name: 'help, keyboard', path: '/help/keyboard' },
  { name: 'nothing there', path: '/nowhere' },
  ...(id
    ? [
        { name: 'record', path: `/customers/${id}` },
        {
          name: 'a visit being logged',
          path: `/customers/${id}`,
          prepare: async (page: Page, t: (key: string) => string) => {
            await page.keyboard.press('v')
            await page.getByRole('button', { name: t('activities:next.add'), exact: true }).click()
          },
        },
        { name: 'edit', path: `/customers/${id}/edit` },
        {
          name: 'side panel and bulk work',
          path: `/customers?open=${id}`,
          prepare: async (page: Page) => {
            await expect(page.getByRole('complementary')).toBeVisible()
            await page.getByRole('row').nth(2).getByRole('checkbox').click()
          },
        },
        {
          name: 'history, opened',
          path: '/history',
          prepare: (page: Page) => page.getByRole('listitem').getByRole('button', { expanded: false }).first().click(),
        },
      ]
    : []),
]

/**
 * Texts on the screen that must not be there: Latin digits in Persian (e-mails, links, keys, paths and code stay Latin), keys
 * of the locale that nobody translated, and Persian left over in English.
 */
function wrongTexts(page: Page, language: Language, data: string[]) {
  return page.evaluate(
    ({ language, data }) => {
      const wrong: string[] = []
      const look = (text: string, element: Element) => {
        const island = element.closest('[dir=ltr]:not(html)')?.textContent ?? ''
        if (/^[a-z][a-zA-Z]+(:[\w.]+|(\.[a-zA-Z_]+)+)$/.test(text) && !element.closest('bdi, a, code, pre'))
          wrong.push(`untranslated: ${text}`)
        if (/\{\{|undefined|\[object|NaN/.test(text)) wrong.push(`broken: ${text}`)
        if (
          language === 'fa' &&
          // Keys, what stands between marks of direction, and paths are Latin in any text.
          /[0-9]/.test(text.replace(/\bF\d+\b|\u2066[^\u2069]*\u2069|(^|\s)(\/|[A-Z]:\\)\S+/g, '')) &&
          !/[A-Za-z@/]/.test(island) &&
          !element.closest('code, pre, kbd')
        )
          wrong.push(`Latin digits: ${text}`)
        if (language === 'en' && /[\u0600-\u06ff]/.test(text) && !data.some((known) => text.includes(known)))
          wrong.push(`Persian: ${text}`)
        if (language === 'fa' && /[\u064a\u0643]/.test(text)) wrong.push(`Arabic letters: ${text}`)
      }
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? ''
        const element = node.parentElement!
        if (text && element.checkVisibility() && !element.closest('script, style')) look(text, element)
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        for (const name of ['aria-label', 'title', 'placeholder']) {
          const text = element.getAttribute(name)?.trim()
          if (text) look(text, element)
        }
      }
      return [...new Set(wrong)]
    },
    { language, data },
  )
}

async function lookAt(page: Page, scene: string, language: Language, data: string[], without: string[] = []) {
  await showIn(page, 'light')
  expect.soft(await violations(page, { without }), `${scene}, light`).toEqual([])
  expect.soft(await wrongTexts(page, language, data), `texts of ${scene}`).toEqual([])
  // The dark theme changes colours and nothing else.
  await showIn(page, 'dark')
  expect.soft(await violations(page, { only: ['color-contrast'] }), `${scene}, dark`).toEqual([])
  const over = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  await expect.poll(over, `${scene} is no longer than the window`).toBe(0)
}

/** Someone with every kind of field, for the pages that show them. */
async function everything({ api }: Daftar): Promise<string> {
  const found = await api.search.all({ text: 'همه‌چیز دار' })
  if (found.customers[0]) return found.customers[0].customer.id
  const company = await api.customers.add({ kind: 'company', company_name: 'شرکت نمونهٔ آزمون', channels: [] })
  const [tag] = await api.customers.tags.list()
  const { id } = await api.customers.add({
    kind: 'person',
    title: 'دکتر',
    first_name: 'همه‌چیز',
    last_name: 'دار',
    national_id: '0012345679',
    sheba: 'IR062960000000100324200001',
    card_number: '6037991234567893',
    birth_jm: 3,
    birth_jd: 14,
    credit_limit: 120_000_000,
    blacklisted: true,
    blacklist_reason: 'دو چک برگشتی',
    about: 'بعدازظهرها جواب می‌دهد.',
    channels: [
      { kind: 'phone', type: 'mobile', value: '09121234567' },
      { kind: 'phone', type: 'work', value: '02188990011' },
      { kind: 'email', type: 'work', value: 'someone2@example.ir' },
      { kind: 'link', type: 'instagram', value: 'some.one24' },
    ],
    addresses: [
      { type: 'work', province: 'تهران', city: 'تهران', address: 'خیابان ولیعصر، پلاک ۱۲', postal_code: '1234567890' },
    ],
    links: [{ kind: 'works_at', role: 'مدیرعامل', outgoing: true, other_id: company.id }],
    roles: ['customer', 'partner'],
    tag_ids: tag ? [tag.id] : [],
  })
  await api.activities.log({ activity: { kind: 'note', party_ids: [id], body: 'قرار شد شنبه ساعت ۱۰ زنگ بزند.' } })
  const [outcome] = await api.lists.all({ list: 'outcome' })
  const talk = { party_ids: [id, company.id], body: 'با هم حرف زدیم.', outcome_id: outcome?.id ?? null, minutes: 12 }
  await api.activities.log({ activity: { ...talk, kind: 'call', direction: 'in' } })
  await api.activities.log({ activity: { ...talk, kind: 'call', direction: 'missed' } })
  await api.activities.log({ activity: { ...talk, kind: 'visit' } })
  await api.activities.log({ activity: { ...talk, kind: 'message', channel: 'whatsapp' } })
  await api.customers.update({ id, patch: { about: 'صبح‌ها جواب می‌دهد.' } })
  return id
}

// Each look has its own host when another worker is free.
test.describe.configure({ mode: 'parallel' })

const languages = ['fa', 'en'] as const

for (const seeded of ['setup', 'sample'] as const) {
  test.describe(seeded === 'setup' ? 'an empty book' : 'a book with data', () => {
    test.use({ seeded })
    for (const language of languages) {
      test(`every page in ${language}, light and dark: axe finds nothing, no text is left over`, async ({
        daftar,
      }, testInfo) => {
        test.setTimeout(testInfo.timeout * 3)
        const { page, api } = daftar
        const t = (key: string) => words(language, key)
        await page.emulateMedia({ reducedMotion: 'reduce' })
        await api.settings.updateDevice({ language, theme: 'light' })
        const id = seeded === 'sample' ? await everything(daftar) : null
        // Names that people gave stay as they are in any language; in a full book that is nearly everything.
        const data = id ? [''] : ['آفتاب', 'مریم رضایی', 'فارسی', 'بهار', 'مشتری', 'م', 'د']
        await daftar.open('/customers')
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        for (const { name, path, prepare, closes, without } of scenes(id)) {
          await page.evaluate((to) => location.assign(to), `#${path}`)
          await expect(page.getByRole('main').getByText(/./).first()).toBeVisible()
          await prepare?.(page, t)
          const isListOfData = !id && name === 'settings, lists'
          await lookAt(page, name, language, isListOfData ? [''] : data, without)
          if (!closes) continue
          await page.keyboard.press('Escape')
          await expect(page.getByRole('dialog')).toHaveCount(0)
        }
        await api.settings.updateDevice({ language: 'fa', theme: 'light' })
      })
    }
  })
}

test.describe('before the book', () => {
  test.use({ seeded: 'none' })
  for (const language of languages) {
    test(`the first run in ${language}, light and dark`, async ({ daftar }) => {
      const { page, api } = daftar
      await api.settings.updateDevice({ language, theme: 'light' })
      await daftar.open('/')
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await lookAt(page, 'first run', language, ['فارسی', 'د'])
      await expect(page.getByRole('textbox').first()).toBeFocused()
      await page.keyboard.press('Control+Enter')
      await expect(page.getByRole('textbox').first()).toHaveAttribute('aria-invalid', 'true')
      await lookAt(page, 'first run with what is missing', language, ['فارسی', 'د'])
    })
  }
})
