import type { DuplicatePair } from '../../shared/contract/duplicates.ts'
import { formatPhone } from '../../shared/domain/phone.ts'
import type { Run } from './commands.ts'

/** A page of the contract. */
const PAGE = 200

/** Looks through the book and prints the likeliest pairs; the whole search is one call, as a script would have it. */
export const duplicates: Run = async ({ client }, { limit, json }, say, note) => {
  let state = 'done'
  for await (const progress of await client.duplicates.find({})) {
    state = progress.state
    if (!json && process.stderr.isTTY && progress.total > 0) note(say('cli:progress', { ...progress }))
  }
  const pairs: DuplicatePair[] = []
  let total = 0
  for (let after: string | null | undefined; pairs.length < limit && after !== null; ) {
    const size = Math.min(PAGE, limit - pairs.length)
    const page = await client.duplicates.page({ limit: size, ...(after && { after }) })
    pairs.push(...page.pairs)
    total = page.total
    after = page.next
  }
  const { last } = await client.duplicates.status()
  const side = ({ id, name, phone, city }: DuplicatePair['a']) => ({ id, name, phone, city })
  const said = ({ name, phone, city }: DuplicatePair['a']) =>
    [name, phone ? formatPhone(phone) : null, city].filter(Boolean).join('، ')
  const lines = pairs.map(({ a, b, score, reasons }) =>
    [score, said(a), said(b), reasons.map((reason) => say(`duplicates:why.${reason}`)).join('، ')].join('  |  '),
  )
  const counts = { total, shown: pairs.length, customers: last?.customers ?? 0, found: last?.found ?? 0 }
  return {
    ok: state === 'done',
    data: {
      state,
      ...counts,
      pairs: pairs.map(({ a, b, score, reasons }) => ({ score, reasons, a: side(a), b: side(b) })),
    },
    lines: [say(total > 0 ? 'cli:duplicatesFound' : 'cli:duplicatesNone', counts), ...lines],
  }
}
