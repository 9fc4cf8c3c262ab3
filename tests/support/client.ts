import type { CtxUser } from '../../main/engine/context.ts'
import { modules } from '../../main/modules/index.ts'
import { type Client, createLocalClient, createRouter } from '../../main/rpc/dispatcher.ts'
import type { TestCtx } from './ctx.ts'

/** The contract client on a test's own context; `user` is asked anew for every call, as in the engine. */
export function clientOf(ctx: TestCtx, user: () => CtxUser | null = () => ctx.user): Client {
  const services: Record<string, object> = Object.fromEntries(modules.map((m) => [m.name, m.service]))
  // What only a whole engine can answer.
  const alone = () => {
    throw new Error('there is no engine in this test')
  }
  services['system'] = { status: alone, retry: alone, ...services['system'] }
  const router = createRouter(services, ctx.log)
  return createLocalClient(router, { makeCtx: () => ({ ...ctx, user: user() }), hasBook: () => true })
}

/** The same for somebody of another role, or for nobody. */
export function clientAs(ctx: TestCtx, role: CtxUser['role'] | null): Client {
  return clientOf(ctx, () => (role && ctx.user ? { ...ctx.user, role } : null))
}
