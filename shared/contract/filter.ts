import { z } from 'zod'

/**
 * The and/or filter of a customer list, kept as it is in a saved view. A rule is field, test, value; what tests a field knows
 * is in FILTER_FIELDS, so the screen, the check here and the SQL of main/modules/customers read one table.
 */
export const FILTER_FIELDS = {
  /** Words and digits as in the palette. */
  text: { tests: ['matches'], value: 'text' },
  name: { tests: ['contains', 'startsWith'], value: 'text' },
  kind: { tests: ['is'], value: 'kind' },
  role: { tests: ['is', 'isNot'], value: 'role' },
  tag: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'tag' },
  group: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'tag' },
  source: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'source' },
  owner: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'user' },
  province: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'province' },
  city: { tests: ['is', 'isNot', 'isEmpty', 'isNotEmpty'], value: 'city' },
  phone: { tests: ['contains', 'isEmpty', 'isNotEmpty'], value: 'text' },
  email: { tests: ['contains', 'isEmpty', 'isNotEmpty'], value: 'text' },
  birth_month: { tests: ['is', 'isEmpty', 'isNotEmpty'], value: 'month' },
  credit_limit: { tests: ['atLeast', 'atMost', 'isEmpty', 'isNotEmpty'], value: 'money' },
  blacklisted: { tests: ['isTrue', 'isFalse'], value: 'none' },
  /** Calendar days in the business time zone, both ends included. */
  created: { tests: ['onOrAfter', 'onOrBefore', 'inLastDays'], value: 'day' },
  updated: { tests: ['onOrAfter', 'onOrBefore', 'inLastDays'], value: 'day' },
  /** quietFor: nobody spoke with them for more than so many days, or never. */
  last_contact: { tests: ['quietFor', 'inLastDays', 'onOrAfter', 'onOrBefore', 'isEmpty', 'isNotEmpty'], value: 'day' },
  /** Empty: no next step. */
  next_contact: { tests: ['isEmpty', 'isNotEmpty', 'onOrBefore', 'onOrAfter'], value: 'day' },
  /** Past the own rhythm of contacts, with no next step. */
  slipped: { tests: ['isTrue', 'isFalse'], value: 'none' },
} as const

export type FilterField = keyof typeof FILTER_FIELDS
export type FilterTest = (typeof FILTER_FIELDS)[FilterField]['tests'][number]

export const FilterRule = z
  .object({
    field: z.enum(Object.keys(FILTER_FIELDS) as [FilterField, ...FilterField[]]),
    test: z.string(),
    value: z.union([z.string().max(300), z.number(), z.null()]),
  })
  .refine((r) => (FILTER_FIELDS[r.field].tests as readonly string[]).includes(r.test), {
    path: ['test'],
    message: 'TEST',
  })
export type FilterRule = z.infer<typeof FilterRule>

export interface FilterGroup {
  op: 'and' | 'or'
  rules: Array<FilterRule | FilterGroup>
}
const MAX_DEPTH = 4
const groupAt = (depth: number): z.ZodType<FilterGroup> =>
  z.object({
    op: z.enum(['and', 'or']),
    rules: z.array(depth === 0 ? FilterRule : z.union([FilterRule, z.lazy(() => groupAt(depth - 1))])).max(30),
  }) as z.ZodType<FilterGroup>
export const FilterGroup = groupAt(MAX_DEPTH)

/** `trash` shows the deleted ones instead of the living. */
export const Filter = z.object({ where: FilterGroup, trash: z.boolean().default(false) })
export type Filter = z.infer<typeof Filter>
export const EVERYBODY: Filter = { where: { op: 'and', rules: [] }, trash: false }

export const SORT_FIELDS = [
  'name',
  'city',
  'created',
  'updated',
  'credit_limit',
  'last_contact',
  'next_contact',
] as const
export const Sort = z.object({ field: z.enum(SORT_FIELDS), desc: z.boolean() })
export type Sort = z.infer<typeof Sort>
