import {
  type Checked,
  checkCard,
  checkCompanyId,
  checkEconomicCode,
  checkNationalId,
  checkSheba,
} from '../../../shared/domain/iran.ts'
import type { PartyKind } from '../../../shared/domain/party.ts'

export type CodeKey = 'national_id' | 'company_id' | 'economic_code' | 'registration_number' | 'sheba' | 'card_number'

interface Code {
  key: CodeKey
  /** How many digits stand together when shown. */
  groups?: readonly number[]
  /** For which kind the form offers it; absent: both. */
  only?: PartyKind
}

export const CODES: readonly Code[] = [
  { key: 'national_id', groups: [3, 6, 1], only: 'person' },
  { key: 'company_id', only: 'company' },
  { key: 'economic_code' },
  { key: 'registration_number', only: 'company' },
  { key: 'sheba', groups: [4] },
  { key: 'card_number', groups: [4] },
]

const CHECKS: Partial<Record<CodeKey, (raw: string) => Checked>> = {
  national_id: checkNationalId,
  company_id: checkCompanyId,
  economic_code: checkEconomicCode,
  sheba: checkSheba,
  card_number: checkCard,
}

/** What the check digits say; null where there is nothing to check. */
export const checkOf = (key: CodeKey, value: string): Checked | null =>
  value.trim() ? (CHECKS[key]?.(value) ?? null) : null

/** i18n key (`customers:warn.…`) of what is odd about a code, or null. */
export const warningOf = (key: CodeKey, value: string): `warn.${CodeKey}` | null =>
  checkOf(key, value)?.ok === false ? `warn.${key}` : null
