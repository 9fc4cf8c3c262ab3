import { expect, test } from './fixtures.ts'

test.describe('the browser host', () => {
  test.use({ seeded: 'sample', opened: false })

  test('shows the book under its own strict policy, and the address is clean afterwards', async ({ daftar }) => {
    const complaints: string[] = []
    daftar.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    daftar.page.on('pageerror', (error) => complaints.push(String(error)))
    await daftar.page.goto(daftar.url)
    await expect(daftar.page.locator('#root')).not.toBeEmpty()
    await expect(daftar.page.getByRole('navigation').first()).toBeVisible()
    expect(daftar.page.url()).not.toContain('session')
    await daftar.page.reload()
    await expect(daftar.page.getByRole('navigation').first()).toBeVisible()
    expect(complaints).toEqual([])
  })

  test('explains itself to someone who came without the session', async ({ daftar }) => {
    const response = await daftar.page.goto(`${daftar.origin}/`)
    expect(response?.status()).toBe(401)
    await expect(daftar.page.getByRole('heading')).toHaveCount(2)
    await expect(daftar.page.getByText('npm start').first()).toBeVisible()
  })
})

test('after a crash the window says so, and the next start has everything', async ({ daftar }) => {
  await expect(daftar.page.getByRole('navigation').first()).toBeVisible()
  const { id } = await daftar.api.customers.add({ kind: 'person', first_name: 'زهرا', last_name: 'کریمی' })
  await daftar.kill()
  await expect(daftar.page.getByRole('status').or(daftar.page.getByRole('alert')).first()).toBeVisible()
  await daftar.restart()
  expect((await daftar.api.customers.get({ id })).name).toContain('کریمی')
  await expect(daftar.page.getByRole('navigation').first()).toBeVisible()
})
