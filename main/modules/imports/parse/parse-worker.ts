import { parentPort, workerData } from 'node:worker_threads'
import { ParseError } from './parse-error.ts'
import { parseFile } from './parse-file.ts'

const { path, rowsPath } = workerData as { path: string; rowsPath: string }
try {
  parentPort?.postMessage({ parsed: parseFile(path, rowsPath) })
} catch (error) {
  if (!(error instanceof ParseError)) throw error
  parentPort?.postMessage({ code: error.code })
}
