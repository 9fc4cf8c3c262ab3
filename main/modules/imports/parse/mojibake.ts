import { likeness } from './encoding.ts'

/**
 * Persian that was written in Windows-1256 and taken for Western text: «Úáí» for «علي», as programs of the time before Unicode still put
 * it into workbooks. Windows-1252's own signs stand at 80..9F.
 */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const HIGH = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/g

export function mended(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text
  const bytes: number[] = []
  for (const c of text) {
    const western = WESTERN.indexOf(c)
    const byte = western >= 0 ? 0x80 + western : c.charCodeAt(0)
    if (byte > 0xff) return text
    bytes.push(byte)
  }
  return new TextDecoder('windows-1256').decode(Uint8Array.from(bytes))
}

/** Whether the text of a sheet is such: hardly a letter of it is Persian now, and nearly all would be. */
export function needsMending(sample: string): boolean {
  const high = sample.match(HIGH)?.length ?? 0
  if (high < 6 || /[\u0600-\u06ff]/.test(sample)) return false
  return high > (sample.match(/[a-z]/gi)?.length ?? 0) / 4 && likeness(mended(sample)) > 0.6
}
