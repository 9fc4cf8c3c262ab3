/** Hands a file to the person: the browser's own download, in the desktop window the dialog of the system. */
export function saveFile(file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  // Browsers put a _ for a half-space in the name of a download.
  link.download = file.name.replaceAll('\u200c', ' ')
  link.click()
  // The download has its own hold on the content once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
