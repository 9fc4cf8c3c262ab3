/** The thread of one job (reader.ts): runs it, tells how far it is, ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { jobs } from './jobs.ts'
import type { ReaderData, ReaderMessage } from './reader.ts'

const { job, input, stop } = workerData as ReaderData
const flag = new Int32Array(stop)
const post = (message: ReaderMessage) => parentPort?.postMessage(message)

try {
  const known = jobs.find(({ name }) => name === job)
  if (!known) throw new Error(`no such job: ${job}`)
  const value = await known.run(input, {
    progress: (value: unknown) => post({ type: 'progress', value }),
    stopped: () => Atomics.load(flag, 0) === 1,
  })
  post({ type: 'done', value })
} catch (error) {
  const { name, message, code, data } = error as Error & { code?: string; data?: unknown }
  post({ type: 'failed', error: { name, message: message ?? String(error), code, data } })
}
