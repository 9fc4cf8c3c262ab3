import { workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { CELL, type CheckpointData, END } from './checkpointer.ts'

// A loop that sleeps in Atomics.wait: whoever closes the book waits for this connection to go first, and cannot wait for messages meanwhile.
const { file, cells } = workerData as CheckpointData
const at = new Int32Array(cells)
let db: Database.Database | undefined
try {
  for (let made = 0; ; ) {
    Atomics.wait(at, CELL.asked, made)
    const asked = Atomics.load(at, CELL.asked)
    if (asked === END) break
    db ??= new Database(file, { fileMustExist: true, timeout: 0 })
    const [pass] = db.pragma('wal_checkpoint(PASSIVE)') as Array<{ log: number; checkpointed: number }>
    Atomics.store(at, CELL.frames, pass!.log)
    Atomics.store(at, CELL.left, pass!.log - pass!.checkpointed)
    made = asked
    Atomics.store(at, CELL.made, made)
    Atomics.notify(at, CELL.made)
  }
} finally {
  db?.close()
  Atomics.store(at, CELL.gone, 1)
  Atomics.notify(at, CELL.gone)
}
