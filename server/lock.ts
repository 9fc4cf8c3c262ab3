import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** One process a folder: two PGlites on one folder destroy it. Throws with the other's number when it is alive. Returns what lets go. */
export function lockFolder(file: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const other = Number(readFileSync(file, 'utf8'))
      if (tries > 0 || (other > 0 && isAlive(other)))
        throw new Error(`another server (process ${other}) has this data folder`)
      rmSync(file, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
