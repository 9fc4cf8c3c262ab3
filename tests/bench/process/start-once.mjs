// One start of the bundled engine in a process of its own: prints its times (ms since the process began) and memory as JSON.
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const bundle = (name) => new URL(`../../../dist/main/${name}.mjs`, import.meta.url)
const began = performance.now()
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
const opened = performance.now()
const { port1, port2 } = new MessageChannel()
worker.postMessage({ type: 'connect', port: port2 }, [port2])
const client = createORPCClient(new RPCLink({ port: port1 }))
port1.start()

const filter = { where: { op: 'and', rules: [] }, trash: false }
const sort = { field: 'name', desc: false }
await client.system.status()
await client.customers.page({ filter, sort, limit: 100, at: { index: 0 } })
const { count } = await client.customers.count({ filter })
const shown = performance.now()
const mb = () => Math.round(process.memoryUsage().rss / 2 ** 20)
const rss_mb = mb()
for (const text of ['علی', 'محمدی', '0912', 'رضا تهران', 'شرکت', '۹۳۵']) await client.search.all({ text })
for (let i = 0; i < 20; i++) {
  await client.customers.page({ filter, sort, limit: 100, at: { index: Math.floor((count * i) / 20) } })
}
process.stdout.write(
  JSON.stringify({
    open_ms: Math.round(opened - began),
    page_ms: Math.round(shown - opened),
    total_ms: Math.round(shown),
    rss_mb,
    rss_work_mb: mb(),
    customers: count,
  }),
)
worker.once('exit', () => process.exit(0))
worker.postMessage({ type: 'close' })
port1.close()
