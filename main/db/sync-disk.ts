import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Pushes what was written to a file to the disk. Never for a file that SQLite has open in this process: closing any descriptor of a file
 * drops the locks of the whole process on it (POSIX).
 */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes renames in a folder outlive a power cut. Windows has no such call, and some sticks refuse it. */
export function syncFolder(path: string): void {
  try {
    const fd = openSync(path, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch {
    // The rename is done all the same; only the moment it reaches the disk is the system's.
  }
}

/** A small file that is there whole, or as it was before. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.part`
  try {
    writeFileSync(part, text, { mode: 0o600, flush: true })
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Bytes between two pushes to the disk: so little is behind that a commit of the engine never waits long for it. */
const PACE = 16 * 1024 * 1024

/** Byte for byte, in pieces that can be stopped between, on the disk when it returns. */
export function copyPaced(
  from: string,
  to: string,
  call: { stopped(): boolean; progress(value: { step: 'copy'; done: number; total: number }): void },
): void {
  const total = statSync(from).size
  const piece = Buffer.allocUnsafe(1024 * 1024)
  const source = openSync(from, 'r')
  try {
    const target = openSync(to, 'wx', 0o600)
    try {
      for (let done = 0, behind = 0; ; ) {
        if (call.stopped()) throw new DOMException('stopped', 'AbortError')
        const length = readSync(source, piece)
        if (length === 0) break
        for (let at = 0; at < length; ) at += writeSync(target, piece, at, length - at)
        done += length
        behind += length
        if (behind >= PACE) {
          fdatasyncSync(target)
          behind = 0
        }
        call.progress({ step: 'copy', done, total })
      }
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}
