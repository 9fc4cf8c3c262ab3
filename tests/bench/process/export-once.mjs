// Every export of a book by the bundled engine, in a process of its own: prints times, memory and what a ping waited meanwhile as JSON.
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const bundle = (name) => new URL(`../../../dist/main/${name}.mjs`, import.meta.url)
const worker = new Worker(bundle('worker'), {
  workerData: {
    folder: process.argv[2],
    createParents: false,
    kind: 'test',
    opensFolders: false,
    reader: bundle('reader-worker').href,
  },
})
await new Promise((resolve) => worker.once('message', resolve))
const { port1, port2 } = new MessageChannel()
worker.postMessage({ type: 'connect', port: port2 }, [port2])
const client = createORPCClient(new RPCLink({ port: port1 }))
port1.start()
if (!(await client.system.status()).set_up)
  await client.setup.start({ business_name: 'الف', owner_name: 'ب', trade: 'shop', money_unit: 'toman' })

const target = { filter: { where: { op: 'and', rules: [] }, trash: false }, except: [] }
const list = { what: 'customers', target, sort: { field: 'name', desc: false } }
const requests = [
  ...['csv', 'xlsx', 'vcf'].map((format) => ({ ...list, format })),
  { what: 'everything', format: 'zip' },
]
const mb = () => process.memoryUsage().rss / 2 ** 20
const results = []
for (const request of requests) {
  const pings = []
  let rss = 0
  let over = false
  const watch = (async () => {
    while (!over) {
      const asked = performance.now()
      await client.system.ping()
      pings.push(performance.now() - asked)
      rss = Math.max(rss, mb())
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  const before = mb()
  const began = performance.now()
  let end = { id: '', total: 0, files: [] }
  for await (const progress of await client.exports.start(request)) end = progress
  const ms = performance.now() - began
  over = true
  await watch
  await client.exports.discard({ id: end.id })
  pings.sort((a, b) => a - b)
  results.push({
    what: request.what === 'everything' ? 'everything' : request.format,
    ms,
    rows: end.total,
    bytes: end.files.reduce((sum, file) => sum + file.bytes, 0),
    rss_before_mb: before,
    peak_rss_mb: rss,
    ping_p99_ms: pings[Math.floor(pings.length * 0.99)] ?? 0,
    ping_worst_ms: pings.at(-1) ?? 0,
  })
}
process.stdout.write(JSON.stringify(results))
worker.once('exit', () => process.exit(0))
worker.postMessage({ type: 'close' })
port1.close()
