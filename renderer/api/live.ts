import type { QueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useRef, useSyncExternalStore } from 'react'
import type { Api } from './client.ts'
import { readersOf } from './tables.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'

/** Long work commits many times a second; screens need not follow faster than this. */
const REFRESH_MS = 200
const RETRY_MS = [250, 500, 1000, 2000] as const

/** Follows `system.live`: after each commit asks again only what read the changed tables; after a lost connection, everything. */
export class LiveRefresh {
  state: ConnectionState = 'connecting'
  readonly #listeners = new Set<() => void>()
  readonly #client: QueryClient
  readonly #api: Api
  #pending = new Set<string>()
  #last = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(api: Api, client: QueryClient) {
    this.#api = api
    this.#client = client
  }

  start(): () => void {
    const stop = new AbortController()
    void this.#follow(stop.signal)
    return () => stop.abort()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; ) {
      try {
        for await (const event of await this.#api.system.live(undefined, { signal })) {
          attempt = 0
          if (this.state === 'lost') void this.#client.invalidateQueries()
          this.#set('open')
          // Another book stands behind the engine now: nothing on the screen is of it, so the window begins anew.
          if (event.tables.includes('book')) return location.reload()
          if (event.tables.length > 0) this.#changed(event.tables)
        }
      } catch {
        // Said by the banner; what was asked meanwhile is asked again after the connection is back.
      }
      if (signal.aborted) return
      // The very first connection may take a moment while the engine opens the book.
      if (this.state === 'open' || attempt > 3) this.#set('lost')
      await new Promise((done) => setTimeout(done, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]))
      attempt++
    }
  }

  #set(state: ConnectionState): void {
    if (this.state === state) return
    this.state = state
    for (const listener of this.#listeners) listener()
  }

  #changed(tables: readonly string[]): void {
    for (const table of tables) this.#pending.add(table)
    if (this.#timer !== undefined) return
    const wait = Math.max(0, this.#last + REFRESH_MS - performance.now())
    if (wait === 0) this.#refresh()
    else this.#timer = setTimeout(() => this.#refresh(), wait)
  }

  #refresh(): void {
    this.#timer = undefined
    this.#last = performance.now()
    const keys = readersOf([...this.#pending])
    this.#pending = new Set()
    if (keys === null) void this.#client.invalidateQueries()
    else for (const queryKey of keys) void this.#client.invalidateQueries({ queryKey })
  }
}

export const LiveContext = createContext<LiveRefresh | null>(null)

/** Whether the engine can be reached: for the banner only; screens go on showing what they have. */
export function useConnectionState(): ConnectionState {
  const live = use(LiveContext)
  if (!live) throw new Error('useConnectionState needs LiveContext around it')
  return useSyncExternalStore(live.subscribe, () => live.state)
}

/** Runs `back` each time the engine can be reached again after it was lost; by then everything is being asked anew. */
export function useReconnected(back: () => void): void {
  const state = useConnectionState()
  const wasLost = useRef(false)
  const latest = useRef(back)
  latest.current = back
  useEffect(() => {
    if (state === 'open' && wasLost.current) latest.current()
    wasLost.current = state === 'lost'
  }, [state])
}
