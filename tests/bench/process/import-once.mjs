// One import by the bundled engine in a process of its own: prints how long it took, what a ping waited meanwhile and the peak of memory as JSON.
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const [folder, path] = process.argv.slice(2)
const bundle = (name) => new URL(`../../../dist/main/${name}.mjs`, import.meta.url)
const reader = bundle('reader-worker').href
const workerData = { folder, createParents: false, kind: 'test', opensFolders: false, reader }
// As main/engine/start.ts does.
const worker = new Worker(bundle('worker'), { workerData, resourceLimits: { maxYoungGenerationSizeMb: 24 } })
await new Promise((resolve) => worker.once('message', resolve))
const { port1, port2 } = new MessageChannel()
worker.postMessage({ type: 'connect', port: port2 }, [port2])
const client = createORPCClient(new RPCLink({ port: port1 }))
port1.start()
await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })
// The kernel's own high-water mark is that of the parent too, from before this program was loaded; so it is looked at with every ping.
let peak = 0
const mb = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
  return Math.round(peak / 2 ** 20)
}
const idle_mb = mb()

// This thread stands for the window: in the product another process, and with it the copies of the file that sending it leaves here.
setFlagsFromString('--expose-gc')
const sweepWindow = runInNewContext('gc')
const SWEEP_MS = 250

/** Pings every 20 ms while `work` runs; ms each waited, sorted. */
async function pinged(work) {
  const waits = []
  let over = false
  let swept = performance.now()
  const watch = (async () => {
    while (!over) {
      const asked = performance.now()
      await client.system.ping()
      waits.push(performance.now() - asked)
      if (performance.now() - swept > SWEEP_MS) {
        sweepWindow()
        swept = performance.now()
      }
      mb()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  const began = performance.now()
  const result = await work()
  const ms = Math.round(performance.now() - began)
  over = true
  await watch
  waits.sort((a, b) => a - b)
  const at = (share) => Math.round((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0) * 10) / 10
  return { result, ms, p99: at(0.99), worst: at(1) }
}

const stage = await pinged(async () =>
  client.imports.stage({ file: new File([await openAsBlob(path)], basename(path)) }),
)
const { id, mapping, total } = stage.result
const preview = await pinged(() => client.imports.preview({ id, mapping }))
const run = await pinged(async () => {
  let last
  for await (const step of await client.imports.run({ id })) last = step
  return last
})
const import_mb = mb()
const undo = process.argv[4] === 'undo' ? await pinged(() => client.imports.undo({ id })) : null
const short = (one) => one && { ms: one.ms, p99: one.p99, worst: one.worst }
process.stdout.write(
  JSON.stringify({
    total,
    added: run.result.added,
    stage: short(stage),
    preview: short(preview),
    run: short(run),
    undo: short(undo),
    idle_mb,
    import_mb,
    undo_mb: mb(),
  }),
)
worker.once('exit', () => process.exit(0))
worker.postMessage({ type: 'close' })
port1.close()
