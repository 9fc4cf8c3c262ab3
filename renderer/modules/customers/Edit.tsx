export function Edit() {
  return null
}
export function New() {
  return null
}
