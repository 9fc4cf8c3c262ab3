import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findPostgres } from '../../scripts/postgres.mjs'

/**
 * A PostgreSQL for tests: the one of TEST_DATABASE_URL, or one that is started here in a folder of its own, on a free port, not as root,
 * and removed afterwards. Null when this computer has none.
 */
export interface Postgres {
  /** A new empty database. */
  database(): Promise<string>
  stop(): Promise<void>
}

export const havePostgres = (): boolean => Boolean(process.env['TEST_DATABASE_URL']) || findPostgres() !== null

/** `durable`: fsync on, as in earnest; for benches. */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return databases(given, async () => {})
  const bin = findPostgres()
  if (!bin) throw new Error('no PostgreSQL: set TEST_DATABASE_URL or install it')
  const folder = mkdtempSync(join(tmpdir(), 'daftar-pg-'))
  const user = unprivileged()
  if (user) chownSync(folder, user.uid, user.gid)
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }
  const data = join(folder, 'data')
  const options = { env, cwd: folder, ...(user ?? {}) }
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'daftar', '-E', 'UTF8', '--no-sync'],
    options,
  )
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`initdb: ${made.stderr}`)
  }
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    `fsync=${durable ? 'on' : 'off'}`,
    'max_connections=60',
  ]
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((s) => ['-c', s])]
  const server = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-4_000)
  })
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const end = () => void server.kill('SIGQUIT')
  process.once('exit', end)
  const stop = async () => {
    process.removeListener('exit', end)
    server.kill('SIGINT')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `postgres://daftar@127.0.0.1:${port}/postgres`
  for (let i = 0; ; i++) {
    if (await answers(url)) break
    if (i > 150 || server.exitCode !== null) {
      await stop()
      throw new Error(`PostgreSQL did not start: ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return databases(url, stop)
}

function databases(url: string, stop: () => Promise<void>): Postgres {
  const made: string[] = []
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  return {
    async database() {
      const name = `daftar_${process.pid}_${made.length}_${Math.random().toString(36).slice(2, 8)}`
      await admin(`CREATE DATABASE ${name}`)
      made.push(name)
      const one = new URL(url)
      one.pathname = `/${name}`
      return one.href
    },
    async stop() {
      // A server that is not ours stays, without what was put into it.
      if (process.env['TEST_DATABASE_URL'])
        for (const name of made) await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await stop()
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const found = users.find((u) => u[0] === name)
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  return null
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
