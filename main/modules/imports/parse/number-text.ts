import * as XLSX from '@e965/xlsx'

/** 1404-10-01 in a Jalali-formatted cell is stored as its Gregorian serial, so a date format always means a real day. */
export function numberText(value: number, format: string | number | undefined, epoch: { date1904: boolean }): string {
  if (!Number.isFinite(value)) return ''
  if (typeof format === 'string' && value >= 0 && format !== 'General' && XLSX.SSF.is_date(format)) {
    const d = XLSX.SSF.parse_date_code(value, epoch) as { y: number; m: number; d: number } | null
    if (d && d.y > 0) return `${d.y}-${String(d.m).padStart(2, '0')}-${String(d.d).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? BigInt(value).toString() : String(value)
}
