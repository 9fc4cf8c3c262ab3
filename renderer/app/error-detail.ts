/** Technical text of anything thrown, for support: name, message, where. */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${errorDetail(error.cause)}`
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`
}
