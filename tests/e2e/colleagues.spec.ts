import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

const seat = (page: Page) => page.getByRole('dialog', { name: fa('users:seat.title') })
const pinField = (page: Page) => page.getByLabel(fa('users:pin.one'), { exact: true })
const choice = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) })

test('a colleague is added, gets a PIN, sits down and works under their own name, with keys alone', async ({
  daftar,
}) => {
  const { page, api } = daftar
  await daftar.open('/settings/users')
  await page.getByRole('button', { name: fa('users:add') }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: fa('users:addTitle') })
  await expect(dialog.getByRole('textbox', { name: fa('users:name') })).toBeFocused()
  await page.keyboard.type('علی محمدی')
  const pin = dialog.getByLabel(fa('users:pin.optional'))
  await pin.focus()
  await page.keyboard.type('۱۲')
  await page.keyboard.press('F2')
  await expect(dialog.getByText(fa('users:pin.wrongLength'))).toBeVisible()
  await pin.focus()
  await page.keyboard.type('۳۴')
  await page.keyboard.press('F2')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'علی محمدی' })).toContainText(
    fa('users:pin.has'),
  )

  // What the owner has half typed is not for the next one.
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: fa('customers:quick.name') }).fill('نیمه‌کارهٔ مدیر')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F9')
  await expect(seat(page)).toBeVisible()
  await expect(seat(page).getByRole('option').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(choice(page, 'علی محمدی')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(pinField(page)).toBeFocused()
  await page.keyboard.type('9999')
  await page.keyboard.press('Enter')
  await expect(page.getByText(fa('errors:WRONG_PIN'))).toBeVisible()
  await expect(pinField(page)).toBeFocused()
  await page.keyboard.type('١٢٣٤')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: fa('app:userMenu', { name: 'علی محمدی' }) })).toBeVisible()
  await expect(seat(page)).toBeHidden()

  await page.keyboard.press('n')
  const name = page.getByRole('textbox', { name: fa('customers:quick.name') })
  await expect(name).toHaveValue('')
  await name.fill('مشتری علی')
  await page.keyboard.press('F2')
  await expect(page.getByRole('row').filter({ hasText: 'مشتری علی' })).toBeVisible()
  const [ali] = (await api.users.list()).filter((user) => user.name === 'علی محمدی')
  const { entries } = await api.history.page({ user_id: ali!.id })
  expect(entries.map((entry) => entry.verb)).toEqual(['customers.add'])
})

test('a seller finds nothing that would be refused, and an address typed all the same says so', async ({ daftar }) => {
  const { page, api } = daftar
  const [owner, ali] = await api.users.list()
  expect((await api.system.status()).user?.id).toBe(ali!.id)
  await daftar.open('/customers')
  const menu = page.getByRole('navigation', { name: fa('app:menu') })
  await expect(menu.getByRole('link', { name: fa('customers:title') })).toBeVisible()
  await expect(menu.getByRole('link', { name: fa('imports:menu') })).toHaveCount(0)
  await daftar.open('/import')
  await expect(page.getByText(fa('app:notAllowed.text'))).toBeVisible()
  await daftar.open('/settings/users')
  await expect(page.getByText(fa('users:pin.ownHas'))).toBeVisible()
  await expect(page.getByRole('button', { name: fa('users:add') })).toHaveCount(0)
  await expect(page.getByRole('button', { name: fa('users:actionsOf', { name: owner!.name }) })).toHaveCount(0)
  // The owner's own changes can be read and not be taken back.
  await daftar.open('/history')
  const added = page.getByRole('listitem').filter({ hasText: fa('history:verb.users.add') })
  await expect(added).toBeVisible()
  await expect(added.getByRole('button', { name: new RegExp(fa('common:undo')) })).toHaveCount(0)
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: 'مشتری علی' })
      .getByRole('button', { name: new RegExp(fa('common:undo')) }),
  ).toBeVisible()
})

test('locked, every window shows nothing of the book, through a restart, until a PIN is given', async ({
  daftar,
  context,
}) => {
  const { page, api } = daftar
  const [owner, ali] = await api.users.list()
  await daftar.open('/customers')
  const other = await context.newPage()
  await daftar.open('/customers', other)
  await page.bringToFront()
  await page.keyboard.press('n')
  const name = page.getByRole('textbox', { name: fa('customers:quick.name') })
  await name.fill('در میانهٔ نوشتن')
  // Also from inside a dialog, with what was typed kept.
  await page.keyboard.press('Control+Shift+L')
  for (const each of [page, other]) {
    await expect(each.getByRole('heading', { name: 'علی محمدی' })).toBeVisible()
    await expect(each.getByRole('navigation')).toHaveCount(0)
    await expect(each.getByText('مشتری علی')).toHaveCount(0)
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(api.customers.get({ id: owner!.id })).rejects.toMatchObject({ code: 'LOCKED' })
  await daftar.restart({ samePort: true })
  await page.goto(daftar.url)
  await expect(pinField(page)).toBeFocused()
  for (let i = 0; i < 5; i++) {
    await page.keyboard.type('0000')
    await page.keyboard.press('Enter')
    if (i < 4) await expect(page.getByText(fa('errors:WRONG_PIN'))).toBeVisible()
    await expect(pinField(page)).toHaveValue('')
  }
  await expect(page.getByRole('status').filter({ hasText: /۰:[۰-۹]{2}/ })).toBeVisible()
  await expect(page.getByRole('button', { name: fa('users:seat.enter') })).toBeDisabled()
  // Somebody else need not wait.
  await page.keyboard.press('Escape')
  await expect(choice(page, owner!.name)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: fa('app:userMenu', { name: owner!.name }) })).toBeVisible()
  // Forgotten: the owner takes the seller's PIN away, and Ali goes on where he was.
  await daftar.open('/settings/users')
  await page.getByRole('button', { name: fa('users:actionsOf', { name: 'علی محمدی' }) }).press('Enter')
  await page.getByRole('menuitem', { name: fa('users:pin.clear') }).press('Enter')
  await expect(page.getByText(fa('users:pin.cleared', { name: 'علی محمدی' }))).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('F9')
  await choice(page, 'علی محمدی').press('Enter')
  await expect(page.getByRole('button', { name: fa('app:userMenu', { name: 'علی محمدی' }) })).toBeVisible()
  await expect(page.getByText(fa('users:pin.cleared', { name: 'علی محمدی' }))).toHaveCount(0)
  await page.keyboard.press('n')
  await expect(name).toHaveValue('در میانهٔ نوشتن')
  expect((await daftar.api.users.list()).find(({ id }) => id === ali!.id)).toMatchObject({ has_pin: false })
})

test('an owner who forgot the PIN clears it by the command line while the program runs', async ({ daftar }) => {
  const { page } = daftar
  const [owner] = await daftar.api.users.list()
  await daftar.api.users.enter({ id: owner!.id })
  await daftar.open('/settings/users')
  await page.getByRole('button', { name: fa('users:pin.set'), exact: true }).press('Enter')
  await page.keyboard.type('2468')
  await page.keyboard.press('Enter')
  await page.keyboard.type('2468')
  await page.keyboard.press('F2')
  await expect(page.getByText(fa('users:pin.saved'))).toBeVisible()
  await page.getByRole('button', { name: fa('users:lock.now') }).press('Enter')
  await page.getByText(fa('users:lock.forgot')).click()
  await expect(page.getByText(`pin --clear "${owner!.name}"`)).toBeVisible()
  const cleared = await daftar.cli('pin', '--clear', owner!.name)
  expect(cleared.code, cleared.stderr).toBe(0)
  // All windows follow at once: there is nothing to ask any more.
  await expect(page.getByRole('button', { name: fa('app:userMenu', { name: owner!.name }) })).toBeVisible()
})
