import { request } from 'node:http'
import { openSocket } from '../support/web-host.ts'
import { expect, test } from './fixtures.ts'

/** A plain request with exactly these headers; fetch would not let Host be set. */
function ask(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { hostname, port } = new URL(origin)
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const call = request({ hostname, port, path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    call.on('error', reject)
    call.end()
  })
}

const parts = ({ url, origin }: { url: string; origin: string }) => ({
  origin,
  port: Number(new URL(origin).port),
  token: new URL(url).searchParams.get('session') ?? '',
})

test('without the session only /health answers, and it tells no more than it should', async ({ daftar }) => {
  const { origin } = daftar
  for (const path of ['/', '/index.html', '/rpc', '/?session=wrong', '/assets/', '/../package.json']) {
    expect((await ask(origin, path)).status, path).toBe(401)
  }
  const health = await ask(origin, '/health')
  expect(health.status).toBe(200)
  expect(Object.keys(JSON.parse(health.body)).sort()).toEqual(['host', 'name', 'schema', 'version'])
  const wrongCookie = { Cookie: `daftar_${new URL(origin).port}=${'x'.repeat(43)}` }
  expect((await ask(origin, '/', wrongCookie)).status).toBe(401)
  expect((await ask(origin, '/', {}, 'POST')).status).toBe(405)
})

test('a foreign Host is turned away even with the session', async ({ daftar }) => {
  const { origin, port, token } = parts(daftar)
  const Cookie = `daftar_${port}=${token}`
  expect((await ask(origin, '/', { Cookie })).status).toBe(200)
  for (const Host of [`evil.example:${port}`, 'localhost', `127.0.0.1:${port + 1}`, `127.0.0.1.evil.example:${port}`]) {
    expect((await ask(origin, '/', { Cookie, Host })).status, Host).toBe(421)
    expect((await ask(origin, '/health', { Host })).status, Host).toBe(421)
  }
})

test('a socket from another page, or without the session, does not open', async ({ daftar }) => {
  const host = parts(daftar)
  const outcome = (options: Parameters<typeof openSocket>[1]) =>
    new Promise<string>((resolve) => {
      const socket = openSocket(host, options)
      socket.on('open', () => {
        socket.terminate()
        resolve('open')
      })
      socket.on('error', () => resolve('refused'))
    })
  expect(await outcome({})).toBe('open')
  expect(await outcome({ origin: 'http://evil.example' })).toBe('refused')
  expect(await outcome({ origin: `http://127.0.0.1:${host.port + 1}` })).toBe('refused')
  expect(await outcome({ origin: null })).toBe('refused')
  expect(await outcome({ cookie: null })).toBe('refused')
  expect(await outcome({ cookie: `daftar_${host.port}=nonsense` })).toBe('refused')
})

test('the page comes with a strict policy and guards, and its cookie is out of reach of scripts', async ({
  daftar,
}) => {
  const { page, origin } = daftar
  const answer = await page.goto(daftar.url)
  const headers = answer!.headers()
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(page.url()).not.toContain('session=')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const [cookie] = await page.context().cookies(origin)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  // The policy is alive: a script that was not shipped does not run.
  await expect(page.getByRole('main')).toBeVisible()
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.intruder = true'
    document.body.append(script)
    return 'intruder' in window
  })
  expect(ran).toBe(false)
  daftar.forgive(/Content Security Policy|Refused to/)
})

test('names and notes are shown as they are written, never run', async ({ daftar }) => {
  const { page, api } = daftar
  const evil = '<img src=x onerror="window.intruder=1"><script>window.intruder=1</script>'
  const { id } = await api.customers.add({
    kind: 'person',
    first_name: evil.slice(0, 90),
    last_name: 'خطرناک',
    channels: [],
  })
  await api.activities.log({ activity: { kind: 'note', party_ids: [id], body: evil } })
  await daftar.open(`/customers/${id}`)
  await expect(page.getByRole('article').first()).toContainText('<script>')
  await daftar.open('/customers?q=خطرناک')
  await expect(page.getByRole('row').filter({ hasText: 'خطرناک' })).toContainText('<img src=x')
  expect(await page.evaluate(() => 'intruder' in window)).toBe(false)
})
