const PERSIAN = /(\p{Script=Arabic}[\p{Script=Arabic}\u200c\s]*)/u

/** A file's name with its parts in the order of the disk: next to Persian letters the digits of a date would be read from the other end. */
export function FileName({ name }: { name: string }) {
  return (
    <bdi dir="ltr">
      {name.split(PERSIAN).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one name keep their places
        <bdi key={at}>{part}</bdi>
      ))}
    </bdi>
  )
}
