import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract'
import type { Ctx } from '../engine/context.ts'

export interface Call {
  /** Aborted when the caller went away or cancelled. */
  signal: AbortSignal | undefined
}

/**
 * What a module must give for its part of the contract: one function a procedure, under the same name. Input is parsed already, the
 * permission is checked already, the output is validated afterwards; the dispatcher (main/rpc/dispatcher.ts) binds them by name, so
 * there is no handler layer in between.
 */
export type Service<C> = {
  [K in keyof C]: C[K] extends ContractProcedure<infer I, infer O, infer _E, infer _M>
    ? (ctx: Ctx, input: InferSchemaOutput<I>, call: Call) => InferSchemaInput<O> | Promise<InferSchemaInput<O>>
    : Service<C[K]>
}
