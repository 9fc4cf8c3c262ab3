/**
 * MacArabic's upper half (unicode.org, VENDORS/APPLE/ARABIC.TXT): ISO 8859-6 in the letters, the Persian ones at F3..FE, and the signs
 * of ASCII once more for right-to-left text. TextDecoder does not know it.
 */
const UPPER =
  'ÄÇÇÉÑÖÜáàâäں«çéèêëí…îïñó»ôö÷úùûü'.replace('ÄÇ', 'Ä\u00a0') +
  ' !"#$٪&\'()*+،-./٠١٢٣٤٥٦٧٨٩:؛<=>؟' +
  '❊ءآأؤإئابةتثجحخدذرزسشصضطظعغ[\\]^_ـفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652پٹچەڤگڈڑ{|}ژے'

export function macArabic(bytes: Uint8Array): string {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return plain.replace(/[\x80-\xff]/g, (c) => UPPER[c.charCodeAt(0) - 0x80]!)
}
