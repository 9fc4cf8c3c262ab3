/** `npm run bench [-- NAME …] [--scale N]`: runs the modules beside this file, prints each as a table and as JSON, and keeps the JSON in .cache/bench. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

type Row = Record<string, string | number | boolean | null>
interface Bench {
  name: string
  run(options: { scale?: number }): Promise<{ name: string; rows: Row[] }>
}

const here = new URL('.', import.meta.url)
const cache = fileURLToPath(new URL('../../.cache/bench/', import.meta.url))

async function benches(): Promise<Bench[]> {
  const found: Bench[] = []
  for (const file of readdirSync(here)
    .filter((f) => f.endsWith('.ts') && f !== 'run.ts')
    .sort()) {
    const module = (await import(new URL(file, here).href)) as Partial<Bench>
    if (typeof module.name === 'string' && typeof module.run === 'function') found.push(module as Bench)
  }
  return found
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { scale: { type: 'string' } } })
const all = await benches()
const unknown = positionals.find((name) => !all.some((b) => b.name === name))
if (unknown || (values.scale !== undefined && !/^\d+$/.test(values.scale))) {
  process.stderr.write(`Usage: npm run bench [-- NAME …] [--scale N]. Names: ${all.map((b) => b.name).join(', ')}\n`)
  process.exit(1)
}
mkdirSync(cache, { recursive: true })
for (const bench of all) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  const scale = values.scale === undefined ? {} : { scale: Number(values.scale) }
  const { name, rows } = await bench.run(scale)
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
  const result = JSON.stringify({ name, ...scale, machine, rows }, null, 2)
  writeFileSync(`${cache}${name}.json`, `${result}\n`)
  process.stdout.write(`\n${name}\n`)
  console.table(rows)
  process.stdout.write(`${result}\n`)
}
