import type { z } from 'zod'
import {
  DigestRequest,
  ManifestRequest,
  PullRequest,
  PushRequest,
  SiteRequest,
  SiteStatusRequest,
} from '../shared/sync/exchange.ts'
import {
  DevicesRequest,
  InviteRequest,
  MemberRequest,
  MembersRequest,
  MoveRequest,
  RecipientRequest,
  RegisterRequest,
  RenameRequest,
  RevokeRequest,
  TokenRequest,
} from '../shared/sync/membership.ts'
import { ERRORS, PATH } from '../shared/sync/protocol.ts'
import { type Asker, readAccess } from './access.ts'
import { addRecipient, devices, invite, members, move, rename, revoke, saveMember } from './admin.ts'
import type { App } from './app.ts'
import { digest } from './digest.ts'
import { learnManifest } from './known-tables.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { Refusal } from './refusal.ts'
import { register } from './register.ts'
import { openSite, siteStatus } from './sites.ts'
import { Busy, Full, NoTenant } from './store/store.ts'
import { renew } from './token.ts'

/** A request without its transport: HTTP brings it, and the simulation. */
export interface Ask {
  readonly path: string
  /** Bearer token. */
  readonly access: string | null
  readonly body: unknown
}
export interface Answer {
  readonly status: number
  /** JSON. */
  readonly text: string
}

const SEEN_MS = 60_000

type Route = (app: App, ask: Ask) => Promise<unknown>

/** Its own tenant must be the one of the token: a book that was carried to another business is told so. */
function routed<T extends { tenant: string }>(
  schema: z.ZodType<T>,
  run: (app: App, asker: Asker, request: T) => Promise<unknown>,
): Route {
  return async (app, ask) => {
    const asker = readAccess(app, ask.access)
    const request = parsed(schema, ask.body)
    if (request.tenant !== asker.tenant) throw new Refusal('other_tenant')
    const reply = await run(app, asker, request)
    await noteSeen(app, asker)
    return reply
  }
}

/** A device's last contact, to the minute: no more than one write in that time. What cannot be written now is told with the next request. */
async function noteSeen(app: App, { tenant, device: id }: Asker): Promise<void> {
  const now = app.host.now()
  if (now - (app.seen.get(id) ?? 0) < SEEN_MS) return
  app.seen.set(id, now)
  await app.store
    .tenant(tenant, 'write', async (tx) => {
      const { device } = await tx.gather(id)
      if (device && now - device.seen >= SEEN_MS) await tx.saveDevice({ ...device, seen: now })
    })
    .catch(() => app.seen.delete(id))
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body)
  if (!read.success) throw new Refusal('bad_request', { why: read.error.issues[0]?.path.join('.').slice(0, 100) ?? '' })
  return read.data
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [PATH.push, routed(PushRequest as unknown as z.ZodType<PushRequest>, push)],
  [PATH.pull, routed(PullRequest, pull)],
  [PATH.register, (app, ask) => register(app, parsed(RegisterRequest, ask.body))],
  [PATH.token, (app, ask) => renew(app, parsed(TokenRequest, ask.body))],
  [PATH.site, routed(SiteRequest, openSite)],
  [PATH.siteStatus, routed(SiteStatusRequest, siteStatus)],
  [PATH.manifest, routed(ManifestRequest, learnManifest)],
  [PATH.digest, routed(DigestRequest, digest)],
  [PATH.invite, routed(InviteRequest, invite)],
  [PATH.devices, routed(DevicesRequest, devices)],
  [PATH.rename, routed(RenameRequest, rename)],
  [PATH.revoke, routed(RevokeRequest, revoke)],
  [PATH.members, routed(MembersRequest, members)],
  [PATH.member, routed(MemberRequest, saveMember)],
  [PATH.move, routed(MoveRequest, move)],
  [PATH.recipient, routed(RecipientRequest, addRecipient)],
])

export const isPath = (path: string): boolean => ROUTES.has(path)

/** Never throws: what goes wrong is an answer, and only what nobody foresaw is a 500. */
export async function handle(app: App, ask: Ask): Promise<Answer> {
  const route = ROUTES.get(ask.path)
  try {
    if (!route) throw new Refusal('not_found')
    const result = await route(app, ask)
    app.metrics.add(`requests_total{path="${ask.path}",status="200"}`)
    return { status: 200, text: typeof result === 'string' ? result : JSON.stringify(result) }
  } catch (error) {
    const refusal = refusalOf(app, error)
    const status = ERRORS[refusal.reply.error]
    app.metrics.add(`requests_total{path="${route ? ask.path : 'other'}",status="${status}"}`)
    return { status, text: JSON.stringify(refusal.reply) }
  }
}

export function refusalOf(app: App, error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Busy) return new Refusal('busy', { retry_after: 2 })
  if (error instanceof Full) return new Refusal('server_full', { retry_after: 60 })
  if (error instanceof NoTenant) return new Refusal('unknown_device')
  app.host.log('internal', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  return new Refusal('internal', { retry_after: 5 })
}
