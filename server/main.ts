import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { App } from './app.ts'
import { newBusiness, ownerInvite } from './business.ts'
import { nodeHost } from './host.ts'
import { listen } from './http.ts'
import { FIRST_INVITE_MS } from './invites.ts'
import { lockFolder } from './lock.ts'
import { makeApp } from './make-app.ts'
import { pgStore } from './store/pg.ts'
import { pgliteStore } from './store/pglite.ts'
import type { Store } from './store/store.ts'

const HELP = `npm run server -- [command] [options]        The sync server of Daftar. docs/server.md tells how to run it for real.

  start              (default) serve. Without DATABASE_URL on PGlite in the data folder: for trying only.
  business           a new business; prints the code with which its owner's first device joins
  invite [business]  another owner's code, for a business whose owner has lost every device
  epoch [business]   after a backup of the database was put back: every device begins again and fills the gap

  --data DIR         for PGlite and the operator's token; default ./daftar-server
  --host ADDRESS     default 127.0.0.1; another one needs TLS
  --port N           default 7420
  --cert F --key F   TLS by this server itself
  --behind-proxy     TLS by a proxy in front of it
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'daftar-server' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '7420' },
    cert: { type: 'string' },
    key: { type: 'string' },
    'behind-proxy': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const say = (text: string) => process.stdout.write(`${text}\n`)
const [command = 'start', argument] = positionals
const data = resolve(values.data)
const doorFile = join(data, 'server.json')

/** How a second process reaches the one that serves: PGlite lets only one in. */
interface Door {
  url: string
  token: string
}

async function openStore(): Promise<{ store: Store; trial: boolean; release(): void }> {
  const url = process.env['DATABASE_URL']
  if (url)
    return {
      store: await pgStore({ url, onIdleError: (e) => log('database', { error: e.message }) }),
      trial: false,
      release() {},
    }
  const release = lockFolder(join(data, 'server.lock'))
  try {
    return { store: await pgliteStore(join(data, 'pglite')), trial: true, release }
  } catch (error) {
    release()
    throw error
  }
}

function log(event: string, facts: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date(Date.now()).toISOString(), event, ...facts })}\n`)
}

async function operate(app: App, path: string): Promise<unknown> {
  const [verb, tenant] = path.split('/')
  if (verb === 'business') return newBusiness(app, FIRST_INVITE_MS)
  const all = await app.store.tenants()
  const one = tenant || (all.length === 1 ? all[0] : undefined)
  if (!one || !all.includes(one)) return { error: 'which business?', businesses: all }
  if (verb === 'invite') return { tenant: one, code: await ownerInvite(app, one, FIRST_INVITE_MS) }
  if (verb !== 'epoch') return { error: `no such command: ${verb}` }
  const epoch = app.host.uuid()
  const nobody = '00000000-0000-0000-0000-000000000000'
  await app.store.tenant(one, 'write', async (tx) => tx.setState({ ...(await tx.gather(nobody)).state, epoch }))
  return { tenant: one, epoch }
}

async function start(): Promise<void> {
  const { store, trial, release } = await openStore()
  const app = await makeApp(nodeHost(log), store, { trial })
  const token = Buffer.from(app.host.random(32)).toString('hex')
  const { cert, key } = values
  const tls = cert && key ? { tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } } : {}
  const server = await listen(app, {
    host: values.host,
    port: Number(values.port),
    behindProxy: values['behind-proxy'],
    ...tls,
    operator: { token, run: (path) => operate(app, path) },
  })
  const door: Door = { url: server.url, token }
  writeFileSync(doorFile, JSON.stringify(door), { mode: 0o600 })
  chmodSync(doorFile, 0o600)
  say(`Daftar sync server: ${server.url}`)
  if (trial) {
    say(
      `This is for trying: the data are in ${data} and a power cut can damage them. Set DATABASE_URL for real work (docs/server.md).`,
    )
  }
  const [only, ...more] = await store.tenants()
  if (!only) say(`Owner's code (good for 24 hours, for one device): ${(await newBusiness(app, FIRST_INVITE_MS)).code}`)
  else if (more.length === 0 && (await store.tenant(only, 'read', (tx) => tx.devices())).length === 0)
    say(`Owner's code (good for 24 hours, for one device): ${await ownerInvite(app, only, FIRST_INVITE_MS)}`)
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await server.close()
    await store.close()
    rmSync(doorFile, { force: true })
    release()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

/** By the server that runs on this folder, else by ourselves. */
async function once(): Promise<void> {
  const path = argument ? `${command}/${argument}` : command
  if (existsSync(doorFile)) {
    const door = JSON.parse(readFileSync(doorFile, 'utf8')) as Door
    const headers = { Authorization: `Bearer ${door.token}` }
    const answer = await fetch(`${door.url}/operator/${path}`, { method: 'POST', headers }).catch(() => null)
    if (answer) {
      say(await answer.text())
      return
    }
  }
  const { store, trial, release } = await openStore()
  const app = await makeApp(nodeHost(log), store, { trial })
  say(JSON.stringify(await operate(app, path)))
  await store.close()
  release()
}

if (values.help) say(HELP)
else if (!['start', 'business', 'invite', 'epoch'].includes(command)) {
  say(HELP)
  process.exitCode = 2
} else {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  try {
    await (command === 'start' ? start() : once())
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}
