/** The book's native part is built for this Node; an older one ends in the middle of loading it, without a word. */
const NEEDED = 24

/** What to say instead of starting under this Node (`process.versions.node`); null where it will do. */
export function nodeRefusal(version: string): string | null {
  if (Number(version.split('.')[0]) >= NEEDED) return null
  return `Daftar needs Node ${NEEDED} or later, and this is Node ${version}. \`npm start\` brings the right one along.`
}
