import type { Live, LiveEvent } from '../../engine/live.ts'

/**
 * The commits from now on, as a stream. The first event comes at once and names no table: the caller knows that it listens. A reader
 * slower than the writer gets what piled up as one event, so nothing grows. Ends when the call is aborted; never leaves a listener.
 */
export async function* follow(live: Live, signal: AbortSignal | undefined): AsyncGenerator<LiveEvent> {
  let waiting: LiveEvent | null = { tables: [], change: null, origin: '' }
  let wake = () => {}
  const stop = live.listen((event) => {
    waiting = waiting === null ? event : merge(waiting, event)
    wake()
  })
  const onAbort = () => {
    stop()
    wake()
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    while (!signal?.aborted) {
      if (waiting !== null) {
        const event: LiveEvent = waiting
        waiting = null
        yield event
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    stop()
    signal?.removeEventListener('abort', onAbort)
  }
}

function merge(a: LiveEvent, b: LiveEvent): LiveEvent {
  const tables = [...new Set([...a.tables, ...b.tables])]
  return {
    tables,
    change: b.change ?? a.change,
    origin: a.origin === b.origin || a.tables.length === 0 ? b.origin : '',
  }
}
