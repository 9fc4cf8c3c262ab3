import { rpc } from '../../api/client.ts'

/** Steps that are shown at first: on the page of a customer, and in the side panel. */
const FEW = { page: 5, brief: 3 } as const

/** What comes next with a customer: the first steps, or all of them. */
export const nextStepsOf = (partyId: string, { isBrief, all }: { isBrief?: boolean; all?: boolean } = {}) =>
  rpc.tasks.ofParty.queryOptions({
    input: { party_id: partyId, limit: all ? 100 : FEW[isBrief ? 'brief' : 'page'] },
  })
