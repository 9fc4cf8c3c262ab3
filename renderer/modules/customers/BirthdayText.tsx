import { formatMonthDay, localDigits } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { Birth } from './form-model.ts'

/** A Jalali birthday; the year stands only when it is known. */
export function BirthdayText({ birth }: { birth: Birth }) {
  const language = useLanguage()
  const day = formatMonthDay(birth.jm, birth.jd, language)
  return <>{birth.jy ? `${day} ${localDigits(String(birth.jy), language)}` : day}</>
}
