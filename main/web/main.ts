/** The browser host: `node main/web/main.ts [--data DIR] [--port N] [--no-open] [--demo]`. scripts/start.mjs decides when it is used. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Trouble } from '../../shared/contract/system.ts'
import { sentences } from '../cli/text.ts'
import { defaultFolder } from '../db/folder.ts'
import { type RunningEngine, startEngine } from '../engine/start.ts'
import { fillDemo } from './demo.ts'
import { nodeRefusal } from './node.ts'
import { openWithSystem } from './open.ts'
import { readFlags, type StartFlags } from './options.ts'
import { startWebHost } from './server.ts'
import { keptToken } from './session.ts'

const USUAL_PORT = 47123
const say = (line: string) => process.stdout.write(`${line}\n`)

function leave(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** A second start on a folder that is in use shows the first one. */
async function showRunning(owner: RunningEngine['owner'], flags: StartFlags): Promise<boolean> {
  if (!owner?.address || !owner.token) return false
  const alive = await fetch(`${owner.address}/health`, { signal: AbortSignal.timeout(3000) }).then(
    (response) => response.ok,
    () => false,
  )
  if (!alive) return false
  const url = `${owner.address}/?session=${owner.token}`
  say('Daftar is already running with this data.')
  say(`Daftar is ready: ${url}`)
  if (flags.open) await openWithSystem(url)
  return true
}

/** For whoever reads only the terminal; the page says it in full and in their language. */
function inWords({ code, path }: Trouble): string {
  const find = sentences('en')
  const title = find(`trouble:${code}.title`) ?? code
  return `${title} (${path}). ${find(`trouble:${code}.todo`) ?? ''}`.trim()
}

async function main(flags: StartFlags): Promise<void> {
  const passing = flags.demo && flags.data === null ? mkdtempSync(join(tmpdir(), 'daftar-demo-')) : null
  const folder = resolve(passing ?? flags.data ?? defaultFolder())
  const engine = await startEngine({
    folder,
    createParents: flags.data === null,
    kind: 'web',
    openFolder: openWithSystem,
    onCrash: (error) => leave(`Daftar had to stop: ${error.message}`),
  })
  if (engine.status.trouble?.code === 'LOCKED' && (await showRunning(engine.owner, flags))) return engine.close()
  if (flags.demo && !engine.status.trouble) await fillDemo(engine)

  const host = await startWebHost({
    engine,
    screen: fileURLToPath(new URL('../../dist/renderer', import.meta.url)),
    port: flags.port ?? USUAL_PORT,
    orNext: flags.port === null,
    // In trouble the folder is not ours to write to.
    ...(engine.status.trouble ? {} : { token: keptToken(folder, Date.now()) }),
  }).catch(async (error: { code?: string }) => {
    await engine.close()
    if (error.code === 'EADDRINUSE')
      leave(`Port ${flags.port} is taken by another program. Choose another with --port, or leave it out.`)
    throw error
  })
  engine.announce({ address: host.origin, token: host.token })
  if (engine.status.trouble) say(inWords(engine.status.trouble))
  say(`Daftar is ready: ${host.url}`)
  if (flags.open && !(await openWithSystem(host.url))) say('Open this address in a browser.')

  let leaving = false
  const stop = async () => {
    if (leaving) return
    leaving = true
    await host.close()
    await engine.close()
    if (passing) rmSync(passing, { recursive: true, force: true })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

const refusal = nodeRefusal(process.versions.node)
if (refusal !== null) leave(refusal)

let flags: StartFlags
try {
  flags = readFlags(process.argv.slice(2))
} catch (error) {
  leave((error as Error).message)
}
main(flags).catch((error: unknown) =>
  leave(`Daftar could not start: ${error instanceof Error ? error.message : error}`),
)
