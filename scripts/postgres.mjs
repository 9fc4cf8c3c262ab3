// Finds the programs of PostgreSQL for the tests of sync, or gets them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const { env, platform } = process
const ROOTS = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt']

/** The folder of initdb and postgres, of the newest version there is; or null. Debian keeps them out of the PATH. */
export function findPostgres() {
  const places = (env.PATH ?? '').split(delimiter)
  for (const root of ROOTS) {
    if (!existsSync(root)) continue
    const versions = readdirSync(root).sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
    places.unshift(...versions.map((version) => join(root, version, 'bin')))
  }
  const names = platform === 'win32' ? ['initdb.exe', 'postgres.exe'] : ['initdb', 'postgres']
  return places.find((place) => names.every((name) => existsSync(join(place, name)))) ?? null
}

/** The tests start a server of their own; without these programs, and without TEST_DATABASE_URL, they name what they leave out. */
export function getPostgres() {
  const found = findPostgres()
  if (found || !(platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))) return found
  process.stdout.write('No PostgreSQL here: installing the package postgresql for the tests of sync…\n')
  const quiet = { stdio: 'ignore', timeout: 300_000, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } }
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], quiet).status === 0
  if (!install()) {
    spawnSync('apt-get', ['update'], quiet)
    install()
  }
  return findPostgres()
}
