/**
 * Work that tells how far it is, as the iterator a procedure answers with; what the work resolves to, if anything, comes last. What is told
 * faster than it is read becomes the newest; an error of the work is thrown to the reader; a reader that goes away stops the work.
 */
export async function* streamed<T>(
  signal: AbortSignal | undefined,
  // biome-ignore lint/suspicious/noConfusingVoidType: work that tells its own end resolves to nothing
  work: (tell: (value: T) => void, stop: AbortSignal) => Promise<T | void>,
): AsyncGenerator<T> {
  const left = new AbortController()
  const stop = signal ? AbortSignal.any([signal, left.signal]) : left.signal
  let newest: T | null = null
  let wake = () => {}
  let ended = false
  const tell = (value: T) => {
    newest = value
    wake()
  }
  const running = work(tell, stop).finally(() => {
    ended = true
    wake()
  })
  // Thrown below; until then it is nobody's surprise.
  running.catch(() => {})
  try {
    for (;;) {
      if (newest !== null) {
        const value: T = newest
        newest = null
        yield value
      } else if (ended) {
        const end = await running
        if (end !== undefined) yield end
        return
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    left.abort(new DOMException('left', 'AbortError'))
  }
}
