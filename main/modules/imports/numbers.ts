import { toLatinDigits } from '../../../shared/domain/persian-text.ts'

/**
 * Codes and phones that a spreadsheet took for numbers: «9121234567.0» and «9.121234567E+09» are written out; `lost` where digits are gone
 * for good («9.12E+09», as a narrow column shows it). All else stays as it is.
 */
export function plainCode(value: string): { text: string; lost: boolean } {
  if (!/[.eE٫]/.test(value)) return { text: value, lost: false }
  const text = toLatinDigits(value).replaceAll('٫', '.').trim()
  const whole = /^(\d{5,})\.0+$/.exec(text)
  if (whole) return { text: whole[1]!, lost: false }
  const power = /^(\d)(?:\.(\d*))?[eE]\+?(\d{1,2})$/.exec(text)
  if (!power) return { text: value, lost: false }
  const [, lead = '', fraction = '', exponent = ''] = power
  const after = fraction.replace(/0+$/, '')
  if (after.length > Number(exponent)) return { text: value, lost: false }
  // Three digits shown of ten are what a narrow column leaves; a number that really ends in so many zeros is none.
  if (fraction.length < Number(exponent) && after.length < Number(exponent) - 3) return { text: value, lost: true }
  return { text: lead + after.padEnd(Number(exponent), '0'), lost: false }
}

/** An amount as a spreadsheet may show it: «5E+07» is fifty million. */
export function plainAmount(value: string): string {
  const power = /^(\d(?:\.\d+)?)[eE]\+?(\d{1,2})$/.exec(toLatinDigits(value).trim())
  if (!power) return value
  const amount = Number(`${power[1]}e${power[2]}`)
  return Number.isSafeInteger(amount) ? String(amount) : value
}
