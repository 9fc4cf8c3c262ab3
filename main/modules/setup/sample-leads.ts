import { insert, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { lead } from '../leads/table.ts'
import { addLeadTx, discardTx, workTx } from '../leads/write.ts'
import { user } from '../users/table.ts'
import { someMobile, someName, somePlace } from './people.ts'
import { randomFrom } from './random.ts'

const SEED = 14050902
const HOUR = 3_600_000
const COLLEAGUE = 'سارا موسوی'

/** Hours ago, what they want, and what became of them. */
const WISHES = [
  [2, 'قیمت و شرایط قسطی را پرسید؛ گفت عصر زنگ بزنیم.', 'new'],
  [5, 'از اینستاگرام پیام داد، عکس و مشخصات خواست.', 'new'],
  [26, 'برای شرکتشان پیش‌فاکتور می‌خواهد.', 'new'],
  [50, 'گفت اول هفته حضوری می‌آید.', 'new'],
  [75, 'مشتری قدیمی معرفی کرده؛ دنبال قیمت همکاری است.', 'working'],
  [120, 'کاتالوگ فرستادیم، قرار شد خبر بدهد.', 'working'],
  [200, 'با همسرش مشورت می‌کند.', 'working'],
  [400, 'فقط قیمت پرسید.', 'discarded'],
  [650, 'گفت فعلاً نمی‌خواهد.', 'discarded'],
] as const

export interface BroughtLeads {
  leads: string[]
  users: string[]
}

/** A colleague and some who asked. Their own dice: the customers of the sample stay who they were. */
export function addSampleLeads(tx: Tx, sources: readonly string[]): BroughtLeads {
  const random = randomFrom(SEED)
  const colleague = insert(tx, user, { name: COLLEAGUE, color: 'violet', role: 'seller' }).id
  const reasons = tx.db
    .prepare("SELECT id FROM list_item WHERE list = 'lead_reason' AND deleted = 0 ORDER BY position, pk")
    .all() as Array<{ id: string }>
  const leads = WISHES.map(([hours, body, status], i) => {
    const { first_name, last_name } = someName(random)
    const wish = {
      name: `${first_name} ${last_name}`,
      phone: someMobile(random),
      city: random.chance(0.5) ? somePlace(random).city : null,
      body,
      source_id: sources.length > 0 ? random.common(sources) : null,
      owner_id: i % 3 === 1 ? colleague : i % 4 === 2 ? null : undefined,
    }
    const { owner_id, ...rest } = wish
    const id = addLeadTx(tx, { ...rest, ...(owner_id !== undefined && { owner_id }) }, { at: tx.now - hours * HOUR })
    if (status === 'working') workTx(tx, [id])
    if (status === 'discarded') discardTx(tx, [id], reasons[i % Math.max(reasons.length, 1)]?.id ?? null)
    return id
  })
  return { leads, users: [colleague] }
}

/** Takes them out again; a colleague who has done something is no sample any more. */
export function removeSampleLeads(tx: Tx, brought: Partial<BroughtLeads>): void {
  for (const id of brought.leads ?? []) remove(tx, lead, id)
  for (const id of brought.users ?? [])
    if (!tx.db.prepare('SELECT 1 FROM change_tx WHERE user = ? LIMIT 1').get(id)) remove(tx, user, id)
}
