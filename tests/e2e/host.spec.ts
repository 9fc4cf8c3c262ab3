import { expect, test } from './fixtures.ts'
import { fa } from './words.ts'

test.describe('the browser host', () => {
  test.use({ seeded: 'sample' })

  test('shows the book under its own strict policy, and the address is clean afterwards', async ({ daftar, page }) => {
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await daftar.open()
    expect(page.url()).not.toContain('session')
    await page.reload()
    await expect(page.getByRole('main')).toBeVisible()
    expect(complaints).toEqual([])
  })

  test('explains itself to someone who came without the session', async ({ daftar, page }) => {
    const response = await page.goto(`${daftar.origin}/`)
    expect(response?.status()).toBe(401)
    await expect(page.getByRole('heading')).toHaveCount(2)
    await expect(page.getByText('npm start').first()).toBeVisible()
  })
})

test.describe('a crash', () => {
  test.use({ own: true })

  test('loses nothing that was answered, and the window left open goes on by itself', async ({ daftar, page }) => {
    await daftar.open()
    await daftar.api.customers.add({ kind: 'person', first_name: 'زهرا', last_name: 'کریمی' })
    await expect(page.getByText('زهرا کریمی').first()).toBeVisible()
    await daftar.kill()
    await expect(page.getByText(fa('app:connection.lost'))).toBeVisible()
    await daftar.restart({ samePort: true })
    await expect(page.getByText(fa('app:connection.lost'))).toBeHidden()
    expect((await daftar.api.system.status()).trouble).toBeNull()
    await daftar.api.customers.add({ kind: 'person', first_name: 'پس از', last_name: 'خاموشی' })
    await expect(page.getByText('پس از خاموشی').first()).toBeVisible()
    await page.reload()
    await expect(page.getByText('زهرا کریمی').first()).toBeVisible()
  })
})
