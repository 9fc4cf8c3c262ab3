import { expect, test } from './fixtures.ts'

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

  test('loses nothing that was answered, and the next start shows it', async ({ daftar, page }) => {
    await daftar.open()
    await daftar.api.customers.add({ kind: 'person', first_name: 'زهرا', last_name: 'کریمی' })
    await daftar.kill()
    await daftar.restart()
    await daftar.open()
    await expect(page.getByText('زهرا کریمی').first()).toBeVisible()
    expect((await daftar.api.system.status()).trouble).toBeNull()
  })
})
