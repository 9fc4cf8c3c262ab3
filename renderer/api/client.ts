import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../../shared/contract/index.ts'
import { link } from './link.ts'

export type Api = ContractRouterClient<Contract>
export type Inputs = InferContractRouterInputs<Contract>
export type Outputs = InferContractRouterOutputs<Contract>

/** Everything the engine can be asked, typed from the contract: `await api.customers.get({ id })`. */
export const api: Api = createORPCClient(link)

/** The same for TanStack Query: `useQuery(rpc.customers.get.queryOptions({ input: { id } }))`. */
export const rpc = createTanstackQueryUtils(api)
