/** One start in a process of its own: prints its times (ms since the process began to load) and memory as JSON. */
import { startEngine } from '../../../main/engine/start.ts'

const began = performance.now()
const engine = await startEngine({ folder: process.argv[2]!, kind: 'test' })
const opened = performance.now()
const client = engine.client()
const filter = { where: { op: 'and' as const, rules: [] }, trash: false }
const sort = { field: 'name' as const, desc: false }
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
const round = (ms: number) => Math.round(ms)
process.stdout.write(
  JSON.stringify({
    open_ms: round(opened - began),
    page_ms: round(shown - opened),
    total_ms: round(shown),
    rss_mb,
    rss_work_mb: mb(),
    customers: count,
  }),
)
await engine.close()
process.exit(0)
