import type { Module } from '../modules/module.ts'
import type { Ctx } from './context.ts'

const MINUTE_MS = 60_000
/** Not while the first page is being drawn. */
const FIRST_MS = 10_000

export interface Chores {
  /** No more of them; then what modules do before the book is closed. */
  leave(): Promise<void>
}

/** What modules do beside the calls, as long as the engine runs. @param current the context of the open book; null while there is none */
export function startChores(modules: readonly Module[], current: () => Ctx | null): Chores {
  let startedAt = current()?.clock.now() ?? null
  const doAll = async (run: (module: Module, ctx: Ctx) => Promise<void> | undefined) => {
    const ctx = current()
    if (!ctx) return
    for (const module of modules) {
      try {
        await run(module, ctx)
      } catch (error) {
        ctx.log.error('engine.chore', error, { module: module.name })
      }
    }
  }
  let underWay: Promise<void> = Promise.resolve()
  const minute = () => {
    const started = startedAt
    if (current()) startedAt = null
    const all = doAll((module, ctx) => module.chore?.everyMinute(ctx, started))
    underWay = Promise.all([underWay, all]).then(() => {})
  }
  const begin = setTimeout(minute, FIRST_MS)
  const timer = setInterval(minute, MINUTE_MS)
  begin.unref()
  timer.unref()
  return {
    leave() {
      clearTimeout(begin)
      clearInterval(timer)
      return doAll((module, ctx) => module.chore?.atExit(ctx, underWay))
    },
  }
}
