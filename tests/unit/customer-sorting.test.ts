import { expect, test } from 'vitest'
import { derive, nameSortOf } from '../../main/modules/customers/derive.ts'

test.each([
  { kind: 'person' as const, first_name: 'سارا', last_name: 'نادری', company_name: null },
  { kind: 'person' as const, first_name: null, last_name: null, company_name: 'بازرگانی مهر' },
  { kind: 'company' as const, first_name: 'سارا', last_name: null, company_name: 'شرکت آبان' },
  { kind: 'company' as const, first_name: null, last_name: null, company_name: null },
])('what came from another device is sorted at once as it will be: %j', (party) => {
  const derived = derive({ party, phones: [], places: [], companies: [], tags: [] })
  expect(nameSortOf((column) => party[column as keyof typeof party])).toBe(derived.name_sort)
})
