import { api } from '../../api/client.ts'
import type { Choice } from '../../ui/option-search.ts'

/** Customers for a text; those opened last while nothing is typed. */
export async function partyChoices(text: string, signal: AbortSignal): Promise<Choice[]> {
  const rows = text.trim()
    ? (await api.search.all({ text, limit: 12 }, { signal })).customers.map((hit) => hit.customer)
    : await api.search.recent({ limit: 8 }, { signal })
  return rows.map(({ id, name, city }) => ({ id, label: name, description: city ?? undefined }))
}
