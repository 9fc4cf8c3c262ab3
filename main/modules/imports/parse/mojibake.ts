import { isUtf8 } from 'node:buffer'
import { likeness } from './encoding.ts'

/**
 * Persian that one program wrote and another took for something else before it was saved again:
 * - Windows-1256 taken for Western text: «Úáí» for «علي», as programs of the time before Unicode still put it into workbooks;
 * - UTF-8 taken for Western text («Ø¹Ù„ÛŒ») or for Windows-1256 («ط¹ظ„غŒ»), as happens to a CSV that is opened in Excel.
 * Nothing is lost in it, as each byte became a letter of its own.
 */
export type Mend = (text: string) => string

const RUNS: Readonly<Record<'windows-1252' | 'windows-1256', RegExp>> = {
  'windows-1252': /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/g,
  'windows-1256': /[ظطغعءآأإ][^\s\d]/g,
}

/** How the text of a file can be mended; null: it need not be. `sample`: some of it. */
export function mendOf(sample: string): Mend | null {
  const western = sample.match(RUNS['windows-1252'])?.length ?? 0
  const latin = sample.match(/[a-z]/gi)?.length ?? 0
  if (western >= 6 && western > latin / 4 && !/[\u0600-\u06ff]/.test(sample)) {
    const bytes = encoderOf('windows-1252')
    for (const mend of [asUtf8(bytes), asArabic(bytes)]) if (likeness(mend(sample)) > 0.6) return mend
  }
  const arabic = sample.match(RUNS['windows-1256'])?.length ?? 0
  // Persian has no words in which every second letter is one of these.
  if (arabic >= 6 && arabic > (sample.match(/[\u0620-\u06ff]/g)?.length ?? 0) * 0.3) {
    const mend = asUtf8(encoderOf('windows-1256'))
    const mended = mend(sample)
    if (mended !== sample && likeness(mended) > 0.6) return mend
  }
  return null
}

type Encode = (text: string) => Buffer | null

const asArabic =
  (encode: Encode): Mend =>
  (text) => {
    const bytes = encode(text)
    return bytes ? new TextDecoder('windows-1256').decode(bytes) : text
  }
/** Word by word: a space of the file may have become another one. */
const asUtf8 =
  (encode: Encode): Mend =>
  (text) =>
    text
      .split(/([ \t\n]+)/)
      .map((word) => {
        const bytes = encode(word)
        return bytes && isUtf8(bytes) ? bytes.toString('utf8') : word
      })
      .join('')

/** The bytes a text has in a one-byte encoding; null where it has others, or is plain ASCII anyway. */
function encoderOf(encoding: keyof typeof RUNS): Encode {
  const table = new TextDecoder(encoding).decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128))
  const places = new Map(Array.from(table, (c, i) => [c, i + 128] as const))
  return (text) => {
    if (!/[\u0080-\uffff]/.test(text)) return null
    const bytes = Buffer.alloc(text.length)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      const byte = code < 128 ? code : places.get(text[i]!)
      if (byte === undefined) return null
      bytes[i] = byte
    }
    return bytes
  }
}
