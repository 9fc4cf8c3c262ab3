import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

const BUFFERED = 1 << 19

/**
 * A file that is written from its beginning to its end and has its name only when it is whole: until then it is called `….part`, so that
 * neither a kill nor a full disk leaves half a file that looks like one. Readable by this user alone.
 */
export class OutFile {
  readonly path: string
  readonly #file: number
  #texts: string[] = []
  #waiting = 0
  #position = 0

  constructor(path: string) {
    this.path = path
    this.#file = openSync(`${path}.part`, 'w', 0o600)
  }

  /** Bytes written so far. */
  get position(): number {
    this.#flush()
    return this.#position
  }

  text(text: string): void {
    this.#texts.push(text)
    this.#waiting += text.length
    if (this.#waiting > BUFFERED) this.#flush()
  }

  bytes(bytes: Uint8Array): void {
    this.#flush()
    this.#put(bytes)
  }

  /** Writes over what stands at `at`. */
  patch(at: number, bytes: Uint8Array): void {
    this.#flush()
    writeSync(this.#file, bytes, 0, bytes.length, at)
  }

  /** On the disk and under its name. */
  finish(): number {
    const size = this.position
    fsyncSync(this.#file)
    closeSync(this.#file)
    renameSync(`${this.path}.part`, this.path)
    return size
  }

  /** Not wanted any more. */
  drop(): void {
    closeSync(this.#file)
    rmSync(`${this.path}.part`, { force: true })
  }

  #flush(): void {
    if (this.#waiting === 0) return
    const bytes = Buffer.from(this.#texts.join(''))
    this.#texts = []
    this.#waiting = 0
    this.#put(bytes)
  }

  #put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const n = writeSync(this.#file, bytes, at, bytes.length - at, this.#position)
      at += n
      this.#position += n
    }
  }
}
