/** A minute is more than any browser takes to begin; until then the address must hold. */
const KEPT_MS = 60_000

/** Hands a file over as a download: browsers put it where the person has said, the desktop program asks where. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
