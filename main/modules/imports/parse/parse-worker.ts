import { parentPort, workerData } from 'node:worker_threads'
import type { ReadOptions } from './facts.ts'
import { ParseError } from './parse-error.ts'
import { parseFile } from './parse-file.ts'

const { path, rowsPath, options } = workerData as { path: string; rowsPath: string; options: ReadOptions }
try {
  parentPort?.postMessage({ parsed: parseFile(path, rowsPath, options) })
} catch (error) {
  if (!(error instanceof ParseError)) throw error
  parentPort?.postMessage({ code: error.code })
}
