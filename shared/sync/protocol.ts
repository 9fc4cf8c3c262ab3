/**
 * What client and server say to each other (SYNC.md 6-12): HTTP POST, JSON, gzip or zstd either way. Requests are validated by the server
 * with these schemas, replies by the client: a proxy that answers with a page of its own must be told from the server.
 *
 * Every reply that is not 200 is an ErrorReply. Names of the paths: PATH. Who asks: `Authorization: Bearer <access>`, except register and token.
 */
export const PROTOCOL = 1

export const LIMIT = {
  ops: 5_000,
  /** Compressed body. */
  body: 1 << 20,
  /** While inflating; beyond `body` also no more than `ratio` times what came in. */
  inflated: 8 << 20,
  ratio: 16,
  /** One op's fields as JSON, in UTF-16 units. */
  op: 256 << 10,
  fields: 400,
  pageRows: 5_000,
  pageBytes: 4 << 20,
  scopes: 1_000,
  /** How far ahead of the server's clock a stamp may be, ms. */
  skew: 5_000,
} as const

export const PATH = {
  push: '/v1/push',
  pull: '/v1/pull',
  register: '/v1/register',
  token: '/v1/token',
  site: '/v1/site',
  siteStatus: '/v1/site-status',
  manifest: '/v1/manifest',
  digest: '/v1/digest',
  invite: '/v1/invite',
  devices: '/v1/devices',
  rename: '/v1/rename',
  revoke: '/v1/revoke',
  members: '/v1/members',
  member: '/v1/member',
  move: '/v1/move',
  recipient: '/v1/recipient',
  /** WebSocket: the server says {"head":N} when something was pushed. */
  wake: '/v1/wake',
  health: '/health',
  metrics: '/metrics',
} as const

/**
 * Why a request was not done. Nothing of it was stored. What a client does:
 * bad_request, not_found, too_large: its own mistake: log and stop trying the same.   unauthorized, token_expired: renew the token, once.
 * unknown_device: the server was restored to a day before this device: a new invite is needed.   revoked: lock (`why`).
 * bad_invite: wrong, used or too old; why other_user: good, for another colleague.   other_tenant: server of another business.   forbidden: not the owner, or another device's site.
 * epoch_changed {epoch, last}: SYNC.md 12, begin again under the new epoch.   fork {last, hash}: this site lives twice or went back: reincarnate.
 * clock_ahead {now}: restamp what is unsent.   manifest_wanted: send it, then again.   upgrade_required: this app is too old for the business.
 * busy, slow_down, server_full {retry_after seconds}: later.   internal: the server's fault, later.
 */
export const ERRORS = {
  bad_request: 400,
  unauthorized: 401,
  token_expired: 401,
  unknown_device: 401,
  revoked: 401,
  bad_invite: 403,
  other_tenant: 403,
  forbidden: 403,
  not_found: 404,
  epoch_changed: 409,
  fork: 409,
  clock_ahead: 409,
  manifest_wanted: 409,
  too_large: 413,
  upgrade_required: 426,
  slow_down: 429,
  internal: 500,
  busy: 503,
  server_full: 507,
} as const
export type ErrorCode = keyof typeof ERRORS
