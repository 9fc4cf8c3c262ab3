/**
 * What @e965/xlsx asks of its tables of code pages (half a megabyte of them), answered by TextDecoder: text of workbooks before Excel 97.
 * Only reading is needed.
 */
export function codepages() {
  const decoders = new Map<number, (bytes: Uint8Array) => string>()
  const decode = (page: number, data: ArrayLike<number>): string => {
    let decoder = decoders.get(page)
    if (!decoder) {
      const made = new TextDecoder(labelOf(page))
      decoder = (bytes) => made.decode(bytes)
      decoders.set(page, decoder)
    }
    return decoder(data instanceof Uint8Array ? data : Uint8Array.from(data))
  }
  const encode = (_page: number, text: string): Buffer => Buffer.from(text, 'latin1')
  return { utils: { decode, encode, hascp: () => true } }
}

function labelOf(page: number): string {
  if (page === 1200) return 'utf-16le'
  if (page === 1201) return 'utf-16be'
  if (page === 65001) return 'utf-8'
  if (page === 874 || (page >= 1250 && page <= 1258)) return `windows-${page}`
  if (page === 10000) return 'macintosh'
  const others: Record<number, string> = { 866: 'ibm866', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5' }
  return others[page] ?? 'windows-1256'
}
