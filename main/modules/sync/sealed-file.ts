import { z } from 'zod'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { recipients } from '../../sync/known-recipients.ts'
import { BadSeal, type Crypto } from '../../sync/parts.ts'
import { readState } from '../../sync/state.ts'
import { UnsentText, unsentHere, unsentText } from '../../sync/unsent.ts'
import { partsOf } from './client-of.ts'

/**
 * The file a person carries to an owner. First line: what it is, its version, sha256 of the rest, by which a file that was cut off or changed on its way is told
 * from one that is for somebody else. Then JSON: sealed texts (sealing.ts), each about a business.
 */
const MARK = 'daftar-sealed'
const VERSION = '1'
const MOST_BYTES = 64 << 20

const Content = z.object({ parts: z.array(z.object({ about: z.string(), sealed: z.string() })).max(500_000) })
type Content = z.infer<typeof Content>

/** What was set aside, as it lies there, and what was refused; `all`: with it everything that was not sent. changes: how many are in it. */
export function saveSealed(ctx: Ctx, all: boolean): { file: File; changes: number } {
  const { db } = ctx
  const state = readState(db)
  if (!state) return fail('SYNC_OFF')
  const { crypto } = partsOf(ctx)
  const aside = db.prepare(
    'SELECT tenant AS about, sealed, changes FROM sync_quarantine WHERE sealed IS NOT NULL ORDER BY n',
  )
  const kept = aside.all() as { about: string; sealed: string; changes: number }[]
  const parts: Content['parts'] = kept.map(({ about, sealed }) => ({ about, sealed }))
  const unsent = unsentHere(db, all)
  if (unsent.length > 0) {
    const sealed = crypto.seal(unsentText(state.site, unsent), state.tenant, recipients(db))
    if (sealed === null) return fail('SYNC_NO_RECIPIENT')
    parts.push({ about: state.tenant, sealed })
  }
  if (parts.length === 0) return fail('NOT_FOUND', { kind: 'change' })
  const body = JSON.stringify({ parts } satisfies Content)
  const file = new File([`${MARK} ${VERSION} ${crypto.sha256(body)}\n${body}`], `unsent.${MARK}`, {
    type: 'application/octet-stream',
  })
  return { file, changes: unsent.length + kept.reduce((sum, { changes }) => sum + changes, 0) }
}

export interface Opened {
  texts: z.infer<typeof UnsentText>[]
  /** Parts that were sealed before this device could open anything, or for others. */
  closed: number
}

/** Opens a file with this device's key, or one it had before. Fails with a code of its own for each thing that can be wrong with it. */
export async function openSealed(ctx: Ctx, file: File): Promise<Opened> {
  const { tenant } = readState(ctx.db) ?? fail('SYNC_OFF')
  if (file.size > MOST_BYTES) fail('SYNC_SEALED_TOO_LARGE')
  const { crypto, keys } = partsOf(ctx)
  const ours = contentOf(crypto, await file.text()).parts.filter(({ about }) => about === tenant)
  if (ours.length === 0) fail('SYNC_SEALED_OTHER_BUSINESS')
  const held = await keys.read()
  const secrets = held ? [held.secret, ...(held.before ?? [])] : []
  const opened = ours.map(({ sealed }) => textOf(crypto, sealed, tenant, secrets))
  const texts = opened.flatMap((text) => text ?? [])
  if (texts.length === 0) fail('SYNC_SEALED_OTHER_DEVICE')
  return { texts, closed: opened.length - texts.length }
}

function contentOf(crypto: Crypto, text: string): Content {
  const end = text.indexOf('\n')
  const [mark, version, sum] = text.slice(0, Math.max(end, 0)).split(' ')
  if (mark !== MARK)
    return fail(MARK.startsWith(text.slice(0, MARK.length)) ? 'SYNC_SEALED_DAMAGED' : 'SYNC_SEALED_UNKNOWN')
  if (version !== VERSION) fail('SYNC_SEALED_NEWER')
  const body = text.slice(end + 1)
  if (crypto.sha256(body) !== sum) fail('SYNC_SEALED_DAMAGED')
  const content = Content.safeParse(parsed(body))
  return content.success ? content.data : fail('SYNC_SEALED_DAMAGED')
}

function textOf(
  crypto: Crypto,
  sealed: string,
  about: string,
  secrets: readonly string[],
): Opened['texts'][number] | null {
  try {
    for (const secret of secrets) {
      const text = crypto.open(sealed, about, secret)
      if (text === null) continue
      const read = UnsentText.safeParse(parsed(text))
      return read.success ? read.data : fail('SYNC_SEALED_DAMAGED')
    }
    return null
  } catch (error) {
    if (error instanceof BadSeal) fail('SYNC_SEALED_DAMAGED')
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
