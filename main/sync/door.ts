import type { z } from 'zod'
import { bestOffset, type ClockSample, clockSample, keepSamples } from '../../shared/sync/clock-skew.ts'
import { signedText, TokenReply } from '../../shared/sync/membership.ts'
import { PATH, PROTOCOL } from '../../shared/sync/protocol.ts'
import { ErrorReply } from '../../shared/sync/wire.ts'
import { type Net, type Patience, Refused, type SyncParts, Unreachable } from './parts.ts'

const TRIES = 2

/** One device's way into the server: access token, refresh, what a reply is and what it is not. Keeps measuring the clock as it goes. */
export class Door {
  readonly #parts: SyncParts
  readonly #net: Net
  #access: { token: string; until: number } | null = null
  #samples: ClockSample[] = []
  #renewal: Promise<string> | null = null

  constructor(parts: SyncParts, address: string) {
    this.#parts = parts
    this.#net = parts.connect(address)
  }

  /** ms to add to this PC's clock; null while nothing was measured. */
  get offset(): number | null {
    return this.#samples.length > 0 ? bestOffset(this.#samples) : null
  }

  /** After the server said what time it is: what was measured before says something else. */
  forgetClock(): void {
    this.#samples = []
  }

  /** Asks as this device. Throws Refused, Unreachable. */
  async ask<T>(path: string, body: Record<string, unknown>, schema: z.ZodType<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const access = await this.access()
      try {
        return await this.say(path, access, body, schema)
      } catch (error) {
        const old = error instanceof Refused && (error.code === 'token_expired' || error.code === 'unauthorized')
        if (!old || tries === TRIES) throw error
        this.#access = null
      }
    }
  }

  async say<T>(
    path: string,
    access: string | null,
    body: Record<string, unknown>,
    schema: z.ZodType<T>,
    patience?: Patience,
  ): Promise<T> {
    const t0 = this.#parts.now()
    let answer: { status: number; text: string }
    try {
      answer = await this.#net.call(path, access, JSON.stringify({ v: PROTOCOL, t0, ...body }), patience)
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable('network', error)
    }
    const reply = parsed(answer.text)
    if (answer.status !== 200) {
      const refused = ErrorReply.safeParse(reply)
      if (!refused.success) throw new Unreachable('not_daftar')
      throw new Refused(refused.data.error, refused.data)
    }
    const read = schema.safeParse(reply)
    if (!read.success) throw new Unreachable('not_daftar', read.error)
    const { t1, t2 } = reply as { t1?: number; t2?: number }
    if (t1 !== undefined && t2 !== undefined)
      this.#samples = keepSamples(this.#samples, clockSample(t0, t1, t2, this.#parts.now()))
    return read.data
  }

  /** One asks for all: two questions with different next tokens would look like a theft. */
  async access(): Promise<string> {
    if (this.#access && this.#parts.now() < this.#access.until) return this.#access.token
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null
    })
    return this.#renewal
  }

  async #renew(): Promise<string> {
    const { keys, crypto, bytes } = this.#parts
    let held = await keys.read()
    if (!held?.tenant) throw new Refused('unknown_device', { why: 'keys' })
    if (!held.next) {
      held = { ...held, next: hex(bytes(32)) }
      await keys.write(held)
    }
    const { tenant, device, gen, token, secret } = held
    const next = crypto.sha256(held.next!)
    const sig = crypto.sign(secret, signedText('token', tenant!, device, gen, crypto.sha256(token), next))
    const reply = await this.say(PATH.token, null, { tenant, device, gen, token, next, sig }, TokenReply)
    // Another process of this computer may have asked the same meanwhile, and had the same answer.
    const kept = await keys.read()
    if (kept?.gen === gen) await keys.write({ ...held, token: held.next!, next: null, gen: gen + 1 })
    this.enter(reply.access, reply.expires_in)
    return reply.access
  }

  /** With an access token that came with a registration. */
  enter(token: string, seconds: number): void {
    this.#access = { token, until: this.#parts.now() + Math.max(0, seconds - 30) * 1000 }
  }

  /** The line for news, when there is a way for it and a token. */
  listen(on: { head(head: number): void; closed(): void }): (() => void) | null {
    if (!this.#net.listen || !this.#access) return null
    return this.#net.listen(this.#access.token, on)
  }
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unreachable('not_daftar')
  }
}
