/** An entry in a column of hours. */
export interface Timed {
  key: string
  /** Minutes of the day. */
  from: number
  to: number
}
export interface Placed<T> {
  item: T
  from: number
  to: number
  /** Place across the column, and how many stand side by side there. */
  lane: number
  lanes: number
}
/** What had no room side by side: how many, and where. */
export interface Crowd {
  from: number
  to: number
  n: number
  lane: number
  lanes: number
}

/**
 * Puts entries that overlap side by side. Entries that touch each other through others share one number of lanes, so that none covers another; beyond
 * `most` lanes they are only counted, in the last lane.
 */
export function inLanes<T extends Timed>(items: readonly T[], most: number): { placed: Placed<T>[]; crowds: Crowd[] } {
  const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to)
  const placed: Placed<T>[] = []
  const crowds: Crowd[] = []
  let cluster: T[] = []
  let end = -1
  const close = () => {
    if (cluster.length > 0) put(cluster, most, placed, crowds)
    cluster = []
  }
  for (const item of sorted) {
    if (item.from >= end) close()
    cluster.push(item)
    end = cluster.length === 1 ? item.to : Math.max(end, item.to)
  }
  close()
  return { placed, crowds }
}

function put<T extends Timed>(cluster: readonly T[], most: number, placed: Placed<T>[], crowds: Crowd[]): void {
  const ends: number[] = []
  const lanes = cluster.map((item) => {
    const free = ends.findIndex((end) => end <= item.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = item.to
    return lane
  })
  const width = Math.min(ends.length, most)
  // With a crowd the last lane is for what is only counted.
  const room = ends.length > most ? most - 1 : width
  let crowd: Crowd | null = null
  cluster.forEach((item, i) => {
    const lane = lanes[i]!
    if (lane < room) {
      placed.push({ item, from: item.from, to: item.to, lane, lanes: width })
      return
    }
    if (crowd && item.from < crowd.to) {
      crowd.n++
      crowd.to = Math.max(crowd.to, item.to)
    } else {
      crowd = { from: item.from, to: item.to, n: 1, lane: room, lanes: width }
      crowds.push(crowd)
    }
  })
}
