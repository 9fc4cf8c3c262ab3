import { type AnyContractProcedure, type ContractRouterClient, isContractProcedure } from '@orpc/contract'
import { createRouterClient, type Middleware, ORPCError, Procedure, type Router as RouterOf } from '@orpc/server'
import type { ProcedureMeta } from '../../shared/contract/base.ts'
import { type Contract, contract } from '../../shared/contract/index.ts'
import { can, type Permission } from '../../shared/domain/roles.ts'
import type { Ctx, Log } from '../engine/context.ts'
import { fail } from './errors.ts'
import type { Call } from './service.ts'
import { translate, translating } from './translate.ts'

/** What a connection hands to every call: a fresh ctx (the user is read anew), and whether the book is open at all. */
export interface CallContext {
  makeCtx: () => Ctx
  hasBook: () => boolean
  /** Told when a call met a file that SQLite calls damaged. */
  onDamage?: () => void
}
export type Router = RouterOf<Contract, CallContext>
export type Client = ContractRouterClient<Contract>

type Bound = (ctx: Ctx, input: unknown, call: Call) => unknown
type Guard = Middleware<CallContext, { ctx: Ctx }, unknown, unknown, Record<never, never>, Record<never, never>>

/** What still answers when the book cannot be opened, so that every host can show the designed screen. */
const WITHOUT_BOOK = new Set([
  'system.status',
  'system.retry',
  'system.live',
  'system.ping',
  'settings.device',
  'recovery.state',
  'recovery.prepare',
  'recovery.use',
])

/** Every procedure of the contract with its path ('customers.tags.add'). */
export function procedures(tree: object = contract, prefix = ''): Array<[string, AnyContractProcedure]> {
  return Object.entries(tree).flatMap(([name, node]): Array<[string, AnyContractProcedure]> => {
    const path = prefix + name
    return isContractProcedure(node) ? [[path, node]] : procedures(node as object, `${path}.`)
  })
}

export function permissionOf(procedure: AnyContractProcedure): Permission {
  return (procedure['~orpc'].meta as ProcedureMeta).permission
}

/** The first thing a call meets, before its input is even read; the last thing its error or stream passes. */
function guard(path: string, permission: Permission, log: Log): Guard {
  return async ({ context, next }) => {
    if (!context.hasBook() && !WITHOUT_BOOK.has(path)) throw new ORPCError('SERVICE_UNAVAILABLE')
    const told = (error: unknown) => {
      const translated = translate(error, path, log)
      if (translated.code === 'DATABASE_DAMAGED') context.onDamage?.()
      return translated
    }
    try {
      const ctx = context.makeCtx()
      if (permission !== 'open' && ctx.user === null) fail(ctx.locked ? 'LOCKED' : 'NOT_SET_UP')
      if (!can(ctx.user?.role ?? null, permission)) fail('FORBIDDEN')
      const result = await next({ context: { ctx } })
      return { ...result, output: translating(result.output, told) }
    } catch (error) {
      throw told(error)
    }
  }
}

/** The function of this path in what the modules give, bound to the object it stands in. */
function find(services: object, path: string): Bound | null {
  let holder: unknown = null
  let node: unknown = services
  for (const name of path.split('.')) {
    holder = node
    node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined
  }
  return typeof node === 'function' ? (node.bind(holder) as Bound) : null
}

/**
 * The router of the contract: each procedure bound to the module function of the same path. The order of a call: permission, zod in,
 * function, zod out, error to code. Throws when the contract names something that no module gives.
 * @param services by module name: { customers: {...}, settings: {...} }
 */
export function createRouter(services: object, log: Log): Router {
  const router: Record<string, unknown> = {}
  const missing = procedures().filter(([path]) => !find(services, path))
  if (missing.length > 0) throw new Error(`no module gives ${missing.map(([path]) => path).join(', ')}`)
  for (const [path, procedure] of procedures()) {
    const run = find(services, path)!
    const names = path.split('.')
    let branch = router
    for (const name of names.slice(0, -1)) {
      branch[name] ??= {}
      branch = branch[name] as Record<string, unknown>
    }
    branch[names.at(-1)!] = new Procedure({
      ...procedure['~orpc'],
      middlewares: [guard(path, permissionOf(procedure), log)],
      inputValidationIndex: 1,
      outputValidationIndex: 1,
      handler: ({ context, input, signal }) => {
        return run((context as unknown as { ctx: Ctx }).ctx, input, { signal })
      },
    })
  }
  return router as unknown as Router
}

/** The contract client without a wire, for the command line and tests: same permissions, same zod, same codes. */
export function createLocalClient(router: Router, context: CallContext): Client {
  return createRouterClient(router, { context }) as unknown as Client
}
