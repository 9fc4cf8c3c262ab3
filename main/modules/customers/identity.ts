import {
  type Checked,
  checkCard,
  checkCompanyId,
  checkEconomicCode,
  checkNationalId,
  checkPostalCode,
  checkSheba,
} from '../../../shared/domain/iran.ts'

/** How each number with check digits is read. A right one is kept in its plain form, a wrong one as typed: we warn, never block. */
const CHECKS = {
  national_id: checkNationalId,
  company_id: checkCompanyId,
  economic_code: checkEconomicCode,
  sheba: checkSheba,
  card_number: checkCard,
  postal_code: checkPostalCode,
} satisfies Record<string, (raw: string) => Checked>
export type NumberField = keyof typeof CHECKS

/** The form to store; undefined (not given) and null (empty) stay. */
export function plainNumber<T extends string | null | undefined>(field: NumberField, value: T): T | string {
  if (value === null || value === undefined) return value
  const checked = CHECKS[field](value)
  return checked.ok ? checked.value : value
}

/** False: its length or its check digits say that it cannot be right. */
export const isRightNumber = (field: NumberField, value: string): boolean => CHECKS[field](value).ok
