import { formatPhone } from '../../shared/domain/phone.ts'
import { Ltr } from './Ltr.tsx'

/** A phone number in groups («۰۹۱۲ ۳۴۵ ۶۷۸۹»), copied without them; takes E.164 or what was typed. */
export function PhoneText({ phone, className }: { phone: string; className?: string }) {
  const text = formatPhone(phone)
  return <Ltr text={text} copy={text.replaceAll(' ', '')} className={className} />
}
