import { useBusiness } from '../../api/session.ts'
import { MoneyText } from '../../ui/MoneyText.tsx'

/** An amount in the unit of the business. */
export function Money({ rial, withUnit }: { rial: number | null; withUnit?: boolean }) {
  return <MoneyText rial={rial} unit={useBusiness()?.money_unit ?? 'toman'} withUnit={withUnit} />
}
