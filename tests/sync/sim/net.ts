import type { Rng } from './rng.ts'
import type { Timeline } from './timeline.ts'

/** What can go wrong on the way; a seed switches some of it on. */
export interface NetFaults {
  drop: number
  loseAnswer: number
  duplicate: number
  /** A copy that comes days later. */
  ghost: number
  truncate: number
  html: number
  /** ms */
  delay: number
}
export const CALM: NetFaults = { drop: 0, loseAnswer: 0, duplicate: 0, ghost: 0, truncate: 0, html: 0, delay: 20 }

export class Offline extends Error {}

export interface Answer {
  status: number
  text: string
}

export interface Net {
  faults: NetFaults
  /** A request of a device, there and back in virtual time. Throws Offline; what comes back may be no JSON at all. */
  call(path: string, access: string | null, body: string): Promise<Answer>
}

export type Serve = (path: string, access: string | null, body: string) => Promise<Answer | null>

const TIMEOUT = 30_000
const DAY = 86_400_000

/** `serve` gives null when the server died over it. */
export function network(time: Timeline, chance: Rng, serve: Serve, online: () => boolean): Net {
  const net: Net = {
    faults: CALM,
    call(path, access, body) {
      const { faults } = net
      const hit = (p: number) => p > 0 && chance.chance(p)
      const way = () => 1 + chance.int(faults.delay)
      return new Promise((resolve, reject) => {
        let over = false
        const end = (done: () => void) => {
          if (over) return
          over = true
          done()
        }
        const lost = () => time.in(TIMEOUT, () => end(() => reject(new Offline('timeout'))))
        if (!online()) {
          time.in(1, () => end(() => reject(new Offline('no network'))))
          return
        }
        lost()
        const deliver = (after: number, answered: boolean) =>
          time.in(after, async () => {
            const answer = await serve(path, access, body)
            if (!answer || !answered || hit(faults.loseAnswer)) return
            const half = hit(faults.truncate) ? answer.text.slice(0, chance.int(answer.text.length)) : answer.text
            const text = hit(faults.html) ? '<html>portal</html>' : half
            time.in(way(), () => end(() => resolve({ status: answer.status, text })))
          })
        if (!hit(faults.drop)) deliver(way(), true)
        if (hit(faults.duplicate)) deliver(way() * 2, false)
        if (hit(faults.ghost)) deliver(chance.int(3 * DAY), false)
      })
    },
  }
  return net
}
