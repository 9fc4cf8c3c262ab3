import { z } from 'zod'
import { Changed, Id, Instant, line, procedure } from './base.ts'
import { CustomerRow } from './customers.ts'
import { DuplicateReason } from './duplicates.ts'

/**
 * What the chip shows. off: this book is not synced (no chip). sent: everything is sent and received. waiting: changes wait and go soon.
 * sending, receiving: at work. offline: the server does not answer. clock: works, but this PC's clock is wrong. attention: somebody must do
 * something (`code`), or conflicts and refused changes wait. revoked: the owner took this device out.
 */
export const SyncState = z.enum([
  'off',
  'sent',
  'waiting',
  'sending',
  'receiving',
  'offline',
  'clock',
  'attention',
  'revoked',
])
export type SyncState = z.infer<typeof SyncState>

/** Sentences for these: locales sync:code.<code>. */
export const SYNC_CODES = [
  /** This PC has no key for the server (a restored book, another PC): a new code is needed. */
  'no_keys',
  /** The server does not know this device (it was put back to an older day): a new code is needed. */
  'unknown_device',
  'revoked',
  /** The server shut this device out: its key was at work in two places, a copied folder or a thief. */
  'reuse',
  'other_tenant',
  'upgrade_required',
  'disk_full',
  'server_full',
  'busy',
  'slow_down',
  'network',
  'not_daftar',
  /** Nobody vouches for who answers there: the certificate is too old or of another name. */
  'certificate',
  'forbidden',
  /** The server shut another device out like that, and nobody has looked at it yet: for owners. */
  'device_reuse',
  'internal',
] as const
export const SyncCode = z.enum(SYNC_CODES)
export type SyncCode = z.infer<typeof SyncCode>

export const SyncStatus = z.object({
  state: SyncState,
  /** The address of the server; null: never turned on. */
  address: z.string().nullable(),
  /** Own changes that wait, 100,000 at most. */
  waiting: z.int(),
  /** Rows that came in the round under way. */
  received: z.int(),
  offline_since: Instant.nullable(),
  /** When everything was last sent and received. */
  done_at: Instant.nullable(),
  /** ms to add to this PC's clock; only when it is more than five minutes. */
  clock: z.int().nullable(),
  code: SyncCode.nullable(),
  conflicts: z.int(),
  /** Changes the server did not take, and those to customers this device may not have any more. */
  parked: z.int(),
  /** Customers entered in two places, that nobody has made one or called two. */
  met: z.int(),
  /** May invite, rename, revoke; as the server said. */
  owner: z.boolean(),
  device_id: z.string().nullable(),
  /** Whom this device was registered for. */
  user_id: z.string().nullable(),
  /** It has only the customers whose owner that is. */
  partial: z.boolean(),
  /** Off, because the book of this folder is another one by now: the one before it was connected. */
  replaced: z.boolean(),
  /** Where the device's key lies: the system's safe, or a file only this user can read. */
  keys: z.enum(['system', 'file', 'memory']),
})
export type SyncStatus = z.infer<typeof SyncStatus>

const refusals = {
  /** No answer from this address. */
  SYNC_UNREACHABLE: { status: 503 },
  /** Something answers there, and it is not Daftar's server (a wrong address, a portal of the network). */
  SYNC_NOT_DAFTAR: { status: 502 },
  /** The certificate of the server is too old, of another name, or nobody vouches for it. */
  SYNC_CERTIFICATE: { status: 502 },
  /** Not http(s), or without encryption beyond this computer. */
  SYNC_BAD_ADDRESS: { status: 400 },
  /** Wrong, used or too old. */
  SYNC_BAD_CODE: { status: 403 },
  /** The code is for another colleague than the one this device was registered for. */
  SYNC_OTHER_USER: { status: 409 },
  /** This book belongs to another business. */
  SYNC_OTHER_BUSINESS: { status: 409 },
  SYNC_ALREADY_ON: { status: 409 },
  SYNC_OFF: { status: 409 },
  SYNC_REVOKED: { status: 403 },
  /** Whatever else the server says; `code` for support. */
  SYNC_REFUSED: { status: 502, data: z.object({ code: z.string() }) },
} as const

const Address = z.string().trim().min(1).max(300)
const Code = z.string().trim().min(4).max(40)
const Place = z.object({
  address: Address,
  code: Code,
  /** What this device is called; the computer's own name when not given. */
  device_name: line(60).optional(),
})

const Side = z.object({
  value: z.unknown(),
  /** Readable, where the value is the id of something with a name. */
  name: z.string().nullable(),
  at: Instant,
  user_id: z.string().nullable(),
  user_name: z.string().nullable(),
  device_name: z.string().nullable(),
  /** Written on this device. */
  here: z.boolean(),
})

/** class lww, group, text: two values. set: taken out here, put in there; stays in. edited_deleted: one deleted, another edited. rewind: older than the server's days. */
export const SyncConflict = z.object({
  id: z.string(),
  /** Conflicts with the same are chosen at once: of one field (or fields that belong together), of one row that was deleted. */
  choice: z.string(),
  class: z.string(),
  table: z.string(),
  row_id: z.string(),
  field: z.string(),
  party: z.object({ id: Id, name: z.string() }).nullable(),
  /** What the row itself is called: the tag, the number; null where it is the customer, or nobody knows. */
  called: z.string().nullable(),
  win: Side,
  lose: Side,
  /** What stands there now, and its name where it is an id. */
  now: z.unknown(),
  now_name: z.string().nullable(),
})
export type SyncConflict = z.infer<typeof SyncConflict>

const Entered = z.object({
  customer: CustomerRow,
  /** null: the log does not say. */
  at: Instant.nullable(),
  user_name: z.string().nullable(),
  device_name: z.string().nullable(),
  /** Entered on this device. */
  here: z.boolean(),
})

/** Two customers with a number in common, entered in two places; reasons: strongest first. */
export const SyncMet = z.object({ first: Entered, second: Entered, reasons: z.array(DuplicateReason) })
export type SyncMet = z.infer<typeof SyncMet>

/** An own change that the server did not take. code: unknown_row, unknown_table, unknown_field, bad_value, too_big, forbidden; moved: forbidden, for its customer is with somebody else now; out_of_scope: to a customer this device may not have any more. */
export const SyncParked = z.object({
  id: z.string(),
  code: z.string(),
  /** When it was written. */
  at: Instant,
  table: z.string(),
  row_id: z.string(),
  party: z.object({ id: Id, name: z.string() }).nullable(),
  called: z.string().nullable(),
  user_name: z.string().nullable(),
  /** name: readable, where the value is the id of something with a name. */
  fields: z.array(z.object({ field: z.string(), value: z.unknown(), name: z.string().nullable() })),
})
export type SyncParked = z.infer<typeof SyncParked>

const OpenedFields = z.array(
  z.object({
    field: z.string(),
    value: z.unknown(),
    name: z.string().nullable(),
    now: z.unknown(),
    now_name: z.string().nullable(),
  }),
)

/** A row as a sealed file tells of it, beside what stands in this book. */
export const SyncOpened = SyncParked.omit({ code: true, fields: true }).extend({
  is_new: z.boolean(),
  /** Only an owner may change it, whoever says it here: not taken in with the rest. */
  owners: z.boolean(),
  device_name: z.string().nullable(),
  /** Only what is otherwise here. Names: readable, where the value is the id of something with a name. */
  fields: OpenedFields,
  /** Of a new row: numbers, addresses and tags of a customer, reminders of a task, … which go along. */
  parts: z.array(z.object({ table: z.string(), row_id: z.string(), fields: OpenedFields })),
})
export type SyncOpened = z.infer<typeof SyncOpened>

export const SyncDevice = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.string(),
  user_id: z.string(),
  user_name: z.string().nullable(),
  registered_at: Instant,
  seen_at: Instant,
  revoked_at: Instant.nullable(),
  /** 'owner' by hand; 'reuse': a copied key was at work. */
  why: z.string().nullable(),
  /** The device that asks. */
  here: z.boolean(),
})
export type SyncDevice = z.infer<typeof SyncDevice>

/** all: every customer. own: only those whose owner the colleague is; what hangs on them comes along. */
const SHARES = ['all', 'own'] as const

export const SyncMember = z.object({
  user_id: z.string(),
  user_name: z.string().nullable(),
  role: z.string(),
  /** rest: all but those of colleagues who have only their own; whoever was let in without a word about it. none: has no device yet. */
  share: z.enum([...SHARES, 'rest', 'none']),
  /** Customers whose owner the colleague is. */
  own: z.int(),
})
export type SyncMember = z.infer<typeof SyncMember>

export const sync = {
  status: procedure('open').output(SyncStatus),
  /** With a code of the server (the business begins) or of a business that this book shall become part of: everything in it is sent. */
  turnOn: procedure('owner.only')
    .input(Place.extend({ /** Leave the business this book belonged to before. */ forget: z.boolean().default(false) }))
    .errors(refusals)
    .output(SyncStatus),
  /** A PC on which nobody has begun takes the book of a business. */
  join: procedure('open')
    .input(Place)
    .errors({ ...refusals, ALREADY_SET_UP: { status: 409 } })
    .output(SyncStatus),
  /** With a new code, after this device lost its key or was taken out: goes on where it was, at the same address and in the same business. */
  reconnect: procedure('customers.read')
    .input(Place.omit({ address: true }))
    .errors(refusals)
    .output(SyncStatus),
  /** Nothing is sent or asked any more; the book stays as it is, and turning on again goes on from here. */
  turnOff: procedure('owner.only').output(SyncStatus),
  /** On again after turnOff, with what is known. */
  resume: procedure('owner.only').errors(refusals).output(SyncStatus),
  /** Once around now; answers when it is done or did not work (see status). */
  now: procedure('open').output(SyncStatus),
  conflicts: {
    list: procedure('customers.read')
      .input(z.object({ limit: z.int().min(1).max(500).default(100) }))
      .output(z.object({ items: z.array(SyncConflict), total: z.int() })),
    /** 'win' leaves the field as it is, 'lose' writes the other value, for everybody. */
    keep: procedure('customers.write')
      .input(z.object({ id: z.string().max(60), keep: z.enum(['win', 'lose']) }))
      .output(Changed),
  },
  /** Customers entered in two places; merging them (`customers.merge`) or `duplicates.distinct` decides, for everybody. */
  met: procedure('customers.read')
    .input(z.object({ limit: z.int().min(1).max(500).default(100) }))
    .output(z.object({ items: z.array(SyncMet), total: z.int() })),
  parked: {
    list: procedure('customers.read')
      .input(z.object({ limit: z.int().min(1).max(500).default(100) }))
      .output(z.object({ items: z.array(SyncParked), total: z.int() })),
    /** Sends it once more (a right was given meanwhile). */
    resend: procedure('customers.write')
      .input(z.object({ id: z.string().max(60) }))
      .output(Changed),
    /** Lets go of it. */
    drop: procedure('customers.write')
      .input(z.object({ id: z.string().max(60) }))
      .output(z.object({})),
  },
  /** What may not be sent any more goes to an owner in a file that only owners' devices open. */
  sealed: {
    /** aside: changes that lie here sealed. unsent: all others that were not sent. recipients: how many devices could open a file of now. */
    kept: procedure('customers.read').output(
      z.object({ aside: z.int(), since: Instant.nullable(), unsent: z.int(), recipients: z.int() }),
    ),
    /** The file: what was set aside and what was refused; all: everything that was not sent. Nothing of it goes away here. */
    save: procedure('customers.read')
      .input(z.object({ all: z.boolean() }))
      .errors({
        SYNC_OFF: { status: 409 },
        /** No owner's device has said that it can open one. */ SYNC_NO_RECIPIENT: { status: 409 },
      })
      .output(z.object({ file: z.file(), changes: z.int() })),
    /** Lets go of what was set aside, after it was handed over. */
    drop: procedure('customers.write').output(z.object({})),
    /** Reads a file into the tray. fresh: changes nobody has decided about. known: told before, or standing here already. closed: parts for other devices. */
    open: procedure('owner.only')
      .input(z.object({ file: z.file() }))
      .errors({
        SYNC_OFF: { status: 409 },
        SYNC_SEALED_UNKNOWN: { status: 422 },
        SYNC_SEALED_DAMAGED: { status: 422 },
        SYNC_SEALED_NEWER: { status: 422 },
        SYNC_SEALED_TOO_LARGE: { status: 413 },
        SYNC_SEALED_OTHER_BUSINESS: { status: 409 },
        /** Sealed for owners' devices, and this is none of them. */
        SYNC_SEALED_OTHER_DEVICE: { status: 403 },
      })
      .output(z.object({ fresh: z.int(), known: z.int(), closed: z.int() })),
    opened: procedure('owner.only')
      .input(z.object({ limit: z.int().min(1).max(500).default(100) }))
      .output(z.object({ items: z.array(SyncOpened), total: z.int() })),
    /** As a change of whoever takes it in. null: as many as a change may hold, but not `owners`. */
    take: procedure('owner.only')
      .input(z.object({ id: z.string().max(60).nullable() }))
      .errors({ /** Its row is nowhere, or this book cannot hold it. */ SYNC_UNFIT: { status: 409 } })
      .output(Changed.extend({ taken: z.int(), left: z.int() })),
    /** Lets go of one, or of all. */
    leave: procedure('owner.only')
      .input(z.object({ id: z.string().max(60).nullable() }))
      .output(z.object({})),
  },
  devices: {
    list: procedure('settings.read').errors(refusals).output(z.array(SyncDevice)),
    rename: procedure('owner.only')
      .input(z.object({ id: z.string().max(60), name: line(60) }))
      .errors(refusals)
      .output(z.object({})),
    /** It gets nothing more and locks. Of one that the server had shut out: an owner has seen it. */
    revoke: procedure('owner.only')
      .input(z.object({ id: z.string().max(60) }))
      .errors(refusals)
      .output(z.object({})),
    /** A code for one further device of a colleague, good for a quarter of an hour. share: of all that colleague's devices; not given, members keep theirs and others have all. */
    invite: procedure('owner.only')
      .input(z.object({ user_id: Id, role: z.enum(['owner', 'seller']), share: z.enum(SHARES).optional() }))
      .errors(refusals)
      .output(z.object({ code: z.string(), address: z.string(), expires_at: Instant })),
  },
  members: {
    /** The colleagues, and who has which customers. `customers`: all there are. */
    list: procedure('owner.only')
      .errors(refusals)
      .output(z.object({ customers: z.int(), members: z.array(SyncMember) })),
    /** Gives a colleague another share; their devices get or lose customers with their next contact. Owners of the book always have all. */
    share: procedure('owner.only')
      .input(z.object({ user_id: Id, share: z.enum(SHARES) }))
      .errors(refusals)
      .output(z.object({})),
  },
}
